package org.pocketsocket.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: anything between the least and a bound that doubles, so that clients that lost
 * one server do not come back as one.
 *
 * @param chance from 0 to 1
 */
record Backoff(Duration least, Duration most, DoubleSupplier chance) {

    private static final int DOUBLINGS = 30;

    /** For so many failures in a row, 1 at least. */
    Duration next(int failures) {
        double shortest = Math.min((double) least.toMillis(), (double) most.toMillis());
        double bound = Math.min(shortest * Math.pow(2, Math.min(failures, DOUBLINGS)), (double) most.toMillis());
        return Duration.ofMillis((long) (shortest + chance.getAsDouble() * (bound - shortest)));
    }
}
