package org.pocketsocket.frame;

import java.util.Arrays;

/** A payload that comes in pieces. It grows with what has arrived, whatever was announced, and holds nothing when empty. */
final class Assembly {
    private static final byte[] NOTHING = {};

    byte[] bytes = NOTHING;
    int size;

    /** @param most how large the whole may become: no more than that is ever taken, and when it is exact, the last fits */
    void append(byte[] in, int from, int to, int most) {
        int needed = size + to - from;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, most)));
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
