package org.pocketsocket.stream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is kept of what was sent: on shelves, each bounded in number, all together in bytes; the oldest goes first. Lives
 * as long as this server. Thread-safe, by one lock.
 */
final class Memory {

    /** About what an item takes beside its text. */
    private static final int OVERHEAD = 200;

    private final long most;
    private final Set<Slot> slots = new LinkedHashSet<>();
    private long bytes;

    /** @param most bytes, about */
    Memory(long most) {
        this.most = most;
    }

    private record Slot(Shelf shelf, String key) {}

    /** The latest items of one kind and place. Of a size to begin with. */
    @SuppressWarnings("ClassCanBeStatic") // shelves of one memory belong together
    final class Shelf {

        private final Map<String, Item> items = new LinkedHashMap<>(4);
        private int size;

        Shelf(int size) {
            this.size = size;
        }

        /** Keeps an item; an older one may have to go. */
        void keep(Item item) {
            synchronized (Memory.this) {
                if (size > 0) {
                    drop(item.key());
                    items.put(item.key(), item);
                    slots.add(new Slot(this, item.key()));
                    bytes += weight(item);
                    shrink();
                    makeRoom();
                }
            }
        }

        /** Puts what the change makes of an item in its place; what that is, if it is there. */
        Optional<Item> replace(String key, UnaryOperator<Item> change) {
            synchronized (Memory.this) {
                Item item = items.get(key);
                if (item == null) {
                    return Optional.empty();
                }
                Item changed = change.apply(item);
                items.put(key, changed);
                bytes += weight(changed) - weight(item);
                makeRoom();
                return Optional.of(changed);
            }
        }

        void remove(String key) {
            synchronized (Memory.this) {
                drop(key);
            }
        }

        Optional<Item> get(String key) {
            synchronized (Memory.this) {
                return Optional.ofNullable(items.get(key));
            }
        }

        /** The items, the oldest first. */
        List<Item> items() {
            synchronized (Memory.this) {
                return List.copyOf(items.values());
            }
        }

        /** From now on it has this size. */
        void resize(int other) {
            synchronized (Memory.this) {
                size = other;
                shrink();
            }
        }

        private void shrink() {
            while (items.size() > size) {
                drop(items.keySet().iterator().next());
            }
        }

        private void drop(String key) {
            Item item = items.remove(key);
            if (item != null) {
                slots.remove(new Slot(this, key));
                bytes -= weight(item);
            }
        }
    }

    Shelf shelf(int size) {
        return new Shelf(size);
    }

    /** Forgets what is on these. */
    void clear(Collection<Shelf> shelves) {
        shelves.forEach(shelf -> {
            int size = shelf.size;
            shelf.resize(0);
            shelf.size = size;
        });
    }

    synchronized long bytes() {
        return bytes;
    }

    private void makeRoom() {
        while (bytes > most) {
            Slot oldest = slots.iterator().next();
            oldest.shelf.drop(oldest.key);
        }
    }

    private static long weight(Item item) {
        return OVERHEAD + 2L * item.length();
    }
}
