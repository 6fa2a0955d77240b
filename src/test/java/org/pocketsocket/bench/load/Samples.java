package org.pocketsocket.bench.load;

import java.util.Arrays;

/** Durations in nanoseconds, kept exactly. */
final class Samples {

    private long[] values = new long[1 << 16];
    private int size;

    void add(long nanos) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = nanos;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** In microseconds; NaN when there are none. */
    double percentile(double percent) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1, size * percent / 100)] / 1e3;
    }
}
