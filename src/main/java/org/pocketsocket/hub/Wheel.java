package org.pocketsocket.hub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Many timers, one clock: a hashed wheel. A timer fires once, at the first tick that is not before its time. Somebody
 * has to call {@link #advance}; tasks run in that thread and must be quick. Thread-safe.
 */
final class Wheel {

    /** Turned by nobody. */
    static final Wheel STOPPED = new Wheel(Duration.ofDays(1), 1, () -> 0);

    private final long tick;
    private final LongSupplier clock;
    private final long start;
    private final List<Queue<Timer>> slots = new ArrayList<>();
    private long now; // in ticks

    private record Timer(long due, Runnable task) {}

    /** @param clock nanoseconds */
    Wheel(Duration tick, int slots, LongSupplier clock) {
        this.tick = tick.toNanos();
        this.clock = clock;
        this.start = clock.getAsLong();
        for (int i = 0; i < slots; i++) {
            this.slots.add(new ArrayDeque<>());
        }
    }

    /** Nanoseconds since it was made. */
    long time() {
        return clock.getAsLong() - start;
    }

    /** Runs a task after this time. */
    void after(Duration delay, Runnable task) {
        at(time() + delay.toNanos(), task);
    }

    /** Runs a task at this {@link #time}; at the next tick if that is over. */
    synchronized void at(long time, Runnable task) {
        long due = Math.max(now + 1, Math.floorDiv(time + tick - 1, tick));
        slots.get((int) (due % slots.size())).add(new Timer(due, task));
    }

    /** Runs what has become due. */
    void advance() {
        due().forEach(task -> Bugs.caught(task));
    }

    /** Forgets them all. */
    synchronized void clear() {
        slots.forEach(Queue::clear);
    }

    private synchronized List<Runnable> due() {
        List<Runnable> tasks = new ArrayList<>();
        long to = Math.floorDiv(time(), tick);
        while (now < to) {
            now++;
            Iterator<Timer> timers = slots.get((int) (now % slots.size())).iterator();
            while (timers.hasNext()) {
                Timer timer = timers.next();
                if (timer.due <= now) {
                    timers.remove();
                    tasks.add(timer.task);
                }
            }
        }
        return tasks;
    }
}
