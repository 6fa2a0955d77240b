package org.pocketsocket.hub;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The thread that turns the wheel. */
final class Clockwork implements AutoCloseable {

    static final Duration TICK = Duration.ofMillis(20);

    private final Thread thread;
    private volatile boolean stopped;

    Clockwork(Wheel wheel) {
        this.thread = Threads.start("pocket-clock", () -> {
            while (!stopped) {
                LockSupport.parkNanos(TICK.toNanos());
                wheel.advance();
            }
        });
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        Threads.join(thread);
    }
}
