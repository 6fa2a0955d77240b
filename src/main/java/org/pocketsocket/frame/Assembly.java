package org.pocketsocket.frame;

import java.util.Arrays;

/** A payload that comes in pieces. It grows with what has arrived, whatever was announced, and holds nothing when empty. */
final class Assembly {
    private static final byte[] NOTHING = {};

    byte[] bytes = NOTHING;
    int size;

    /** @param more how much is known to follow; only a hint that lets the last growth fit */
    void append(byte[] in, int from, int to, int more) {
        int needed = size + to - from;
        if (needed > bytes.length) {
            long doubled = Math.max(2L * bytes.length, needed);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, (long) needed + more));
        }
        System.arraycopy(in, from, bytes, size, to - from);
        size = needed;
    }

    void clear() {
        bytes = NOTHING;
        size = 0;
    }

    /** A range as an array of its own. One that fills its array is that array: input never does, a header precedes it. */
    static byte[] own(byte[] bytes, int from, int to) {
        return to - from == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
    }
}
