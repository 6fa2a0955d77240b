package org.pocketsocket.hub;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ten seconds from now. */
final class Deadline {

    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);

    /** Waits for a notification; the caller holds the monitor. */
    void waitOn(Object monitor, Supplier<String> complaint) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new AssertionError(complaint.get());
        }
        try {
            monitor.wait(left);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits a little; the caller holds the monitor and looks again. */
    void tick(Object monitor, Supplier<String> complaint) {
        if (System.nanoTime() > end) {
            throw new AssertionError(complaint.get());
        }
        try {
            monitor.wait(2);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
