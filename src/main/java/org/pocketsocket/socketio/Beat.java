package org.pocketsocket.socketio;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The heartbeat of a session. From revision 4 on the server pings, before that the client does; in either case a side that
 * is silent for interval and timeout together is gone.
 */
final class Beat {

    private static final Duration LATENESS = Duration.ofMillis(20);

    /** @param interval between pings */
    record Pace(Duration interval, Duration timeout) {

        /** The timer is late by 20 ms on the average, and clients are as exact as they were told. */
        private Duration early() {
            return interval.compareTo(LATENESS) > 0 ? interval.minus(LATENESS) : interval;
        }

        long silence() {
            return interval.plus(timeout).toNanos();
        }
    }

    /** @param clock nanoseconds */
    record World(LongSupplier clock, BiConsumer<Duration, Runnable> timer) {}

    private final Pace pace;
    private final World world;
    private final Runnable ping;
    private final Runnable dead;
    private volatile long heardAt;
    private volatile boolean stopped;
    private boolean pinged;

    /** @param dead called, perhaps again and again, when nobody is there any more */
    Beat(Pace pace, World world, Runnable ping, Runnable dead) {
        this.pace = pace;
        this.world = world;
        this.ping = ping;
        this.dead = dead;
        this.heardAt = world.clock.getAsLong();
    }

    /** @param pings whether it is we who ping */
    void start(boolean pings) {
        watch(pace.silence());
        if (pings) {
            world.timer.accept(pace.early(), this::ping);
        }
    }

    void stop() {
        stopped = true;
    }

    void heard() {
        heardAt = world.clock.getAsLong();
    }

    /** Our ping was answered; an answer to none is no reason to ping. */
    synchronized void ponged() {
        if (pinged) {
            pinged = false;
            world.timer.accept(pace.early(), this::ping);
        }
    }

    /** Whether the other side is there, by the clock: the timer may be late. */
    boolean isAlive() {
        boolean alive = silence() < pace.silence();
        if (!alive && !stopped) {
            dead.run();
        }
        return alive && !stopped;
    }

    private long silence() {
        return world.clock.getAsLong() - heardAt;
    }

    private void ping() {
        if (isAlive()) {
            synchronized (this) {
                pinged = true;
            }
            ping.run();
        }
    }

    private void watch(long nanos) {
        world.timer.accept(Duration.ofNanos(Math.max(1, nanos)), () -> {
            if (isAlive()) {
                watch(pace.silence() - silence());
            }
        });
    }
}
