package org.pocketsocket.admin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How often each code came in the last ten minutes, give or take one. Thread-safe. */
final class Recent {

    private static final int MINUTES = 10;

    private final Deque<Minute> minutes = new ArrayDeque<>();
    private final LongSupplier clock;

    private record Minute(long number, Map<Integer, Integer> counts) {}

    /** @param clock nanoseconds */
    Recent(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized void add(int code) {
        long now = forget();
        if (minutes.isEmpty() || minutes.getLast().number != now) {
            minutes.add(new Minute(now, new HashMap<>()));
        }
        minutes.getLast().counts.merge(code, 1, Integer::sum);
    }

    synchronized Map<String, Integer> counts() {
        forget();
        Map<String, Integer> all = new HashMap<>();
        minutes.forEach(
                minute -> minute.counts.forEach((code, count) -> all.merge(String.valueOf(code), count, Integer::sum)));
        return all;
    }

    /** What is too old; returns the minute that it is. */
    private long forget() {
        long now = Math.floorDiv(clock.getAsLong(), TimeUnit.MINUTES.toNanos(1));
        while (!minutes.isEmpty() && minutes.getFirst().number <= now - MINUTES) {
            minutes.removeFirst();
        }
        return now;
    }
}
