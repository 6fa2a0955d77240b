package org.pocketsocket.bench.load;

/**
 * When to measure.
 *
 * @param warm seconds of load before that
 * @param seconds of measuring
 */
public record Window(double warm, double seconds) {

    /** With what it takes to connect. */
    public double length() {
        return warm + seconds + 0.5;
    }
}
