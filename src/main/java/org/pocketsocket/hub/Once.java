package org.pocketsocket.hub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.pocketsocket.settings.Remembered;

/** Which keys were used within the window; of too many, the oldest are forgotten. Thread-safe. */
final class Once {

    private final Map<Key, Long> used = new LinkedHashMap<>();
    private final int most;
    private final long window;
    private final LongSupplier clock;

    /** @param room empty for the channel itself */
    record Key(String channel, String room, String key) {}

    /** @param clock nanoseconds */
    Once(Remembered settings, LongSupplier clock) {
        this.most = settings.keys();
        this.window = settings.once().toNanos();
        this.clock = clock;
    }

    /** Runs the task for the first who comes with a key; false for the others. One that fails does not count. */
    boolean run(Key key, Runnable task) {
        if (!claim(key)) {
            return false;
        }
        try {
            task.run();
            return true;
        } catch (RuntimeException | Error e) {
            release(key);
            throw e;
        }
    }

    private synchronized boolean claim(Key key) {
        long now = clock.getAsLong();
        Iterator<Long> oldest = used.values().iterator();
        while (oldest.hasNext() && now - oldest.next() > window) {
            oldest.remove();
        }
        if (used.putIfAbsent(key, now) != null) {
            return false;
        }
        if (used.size() > most) {
            used.remove(used.keySet().iterator().next());
        }
        return true;
    }

    synchronized boolean isUsed(Key key) {
        Long at = used.get(key);
        return at != null && clock.getAsLong() - at <= window;
    }

    private synchronized void release(Key key) {
        used.remove(key);
    }
}
