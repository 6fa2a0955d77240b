package org.pocketsocket.hub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.pocketsocket.settings.Remembered;

/**
 * Which keys were used within the window, and for what; of too many, the oldest are forgotten. Thread-safe.
 *
 * @param <V> what a key was used for
 */
public final class Once<V> {

    private final Map<Key, Use<V>> used = new LinkedHashMap<>();
    private final int most;
    private final long window;
    private final LongSupplier clock;

    /**
     * What somebody called something that is to be done once.
     *
     * @param room empty for the channel itself
     */
    public record Key(String channel, String room, String key) {}

    private record Use<V>(V value, long at) {}

    /** @param clock nanoseconds */
    public Once(Remembered settings, LongSupplier clock) {
        this.most = settings.keys();
        this.window = settings.once().toNanos();
        this.clock = clock;
    }

    /**
     * Runs the task for the first who comes with a key. One that fails does not count.
     *
     * @return what the first used it for; empty for the first
     */
    public Optional<V> run(Key key, V value, Runnable task) {
        Optional<V> before = claim(key, value);
        if (before.isEmpty()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                release(key);
                throw e;
            }
        }
        return before;
    }

    private synchronized Optional<V> claim(Key key, V value) {
        long now = clock.getAsLong();
        Iterator<Use<V>> oldest = used.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at > window) {
            oldest.remove();
        }
        Use<V> before = used.putIfAbsent(key, new Use<>(value, now));
        if (used.size() > most) {
            used.remove(used.keySet().iterator().next());
        }
        return Optional.ofNullable(before).map(Use::value);
    }

    synchronized boolean isUsed(Key key) {
        Use<V> use = used.get(key);
        return use != null && clock.getAsLong() - use.at <= window;
    }

    private synchronized void release(Key key) {
        used.remove(key);
    }
}
