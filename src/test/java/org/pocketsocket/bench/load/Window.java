package org.pocketsocket.bench.load;

/**
 * When to measure.
 *
 * @param warm seconds of load before that
 * @param seconds of measuring
 */
public record Window(double warm, double seconds) {}
