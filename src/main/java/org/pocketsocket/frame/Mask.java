package org.pocketsocket.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Masking (RFC 6455, 5.3), eight bytes at a time. A key is its four bytes read little-endian, so that it is used from the low end. */
final class Mask {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Mask() {}

    static int read(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static void write(byte[] bytes, int at, int key) {
        INTS.set(bytes, at, key);
    }

    /** Masks in place, or unmasks: it is the same. */
    static void apply(byte[] bytes, int from, int to, int key) {
        long wide = ((key & 0xFFFF_FFFFL) << Integer.SIZE) | (key & 0xFFFF_FFFFL);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
        }
        for (int rest = key; at < to; at++) {
            bytes[at] ^= (byte) rest;
            rest = after(rest, 1);
        }
    }

    /** The key for what follows that many bytes. */
    static int after(int key, int count) {
        return Integer.rotateRight(key, count % 4 * Byte.SIZE);
    }
}
