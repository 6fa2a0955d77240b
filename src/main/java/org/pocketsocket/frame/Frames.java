package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Frames as bytes. A server's frame is not masked, so one array serves all its recipients; several may lie in one array,
 * each put behind the other. The first byte of a frame is FIN, the reserved bits and the opcode together, as on the wire:
 * {@code FIN | TEXT}.
 */
public final class Frames {
    public static final int FIN = 0x80;
    public static final int RSV1 = 0x40;
    public static final int RSV2 = 0x20;
    public static final int RSV3 = 0x10;

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** The most a control frame may carry (RFC 6455, 5.5). */
    public static final int MAX_CONTROL = 125;

    static final int RESERVED = RSV1 | RSV2 | RSV3;
    static final int OPCODE = 0xF;
    static final int MASKED = 0x80;
    static final int TWO_BYTES = 126;
    static final int EIGHT_BYTES = 127;
    static final int MAX_SHORT = 0x7F;

    private static final int KEY = 4;

    private Frames() {}

    public static byte[] text(String text) {
        return text(text.getBytes(UTF_8));
    }

    public static byte[] text(byte[] utf8) {
        return of(FIN | TEXT, utf8);
    }

    public static byte[] binary(byte[] payload) {
        return of(FIN | BINARY, payload);
    }

    public static byte[] ping(byte[] payload) {
        return of(FIN | PING, payload);
    }

    public static byte[] pong(byte[] payload) {
        return of(FIN | PONG, payload);
    }

    public static byte[] close(int code, String reason) {
        return of(FIN | CLOSE, new Close(code, reason).payload());
    }

    /** A server's frame. */
    public static byte[] of(int first, byte[] payload) {
        byte[] frame = new byte[size(payload.length)];
        put(frame, 0, first, payload);
        return frame;
    }

    /** A client's frame; the key should come from a strong source of randomness (RFC 6455, 5.3). */
    public static byte[] masked(int first, byte[] payload, int key) {
        byte[] frame = new byte[size(payload.length) + KEY];
        int at = putHeader(frame, 0, first, payload.length);
        frame[1] |= (byte) MASKED;
        Mask.write(frame, at, key);
        System.arraycopy(payload, 0, frame, at + KEY, payload.length);
        Mask.apply(frame, at + KEY, frame.length, key);
        return frame;
    }

    /** The size of a server's frame with that much payload. */
    public static int size(int payload) {
        return payload + (payload <= MAX_CONTROL ? 2 : payload <= 0xFFFF ? 4 : 10);
    }

    /** Puts a server's frame into an array that has {@link #size} bytes left; returns where the next may begin. */
    public static int put(byte[] into, int at, int first, byte[] payload) {
        int start = putHeader(into, at, first, payload.length);
        System.arraycopy(payload, 0, into, start, payload.length);
        return start + payload.length;
    }

    /** Puts only the header, in its shortest form, for a payload the caller writes; returns where that begins. */
    public static int putHeader(byte[] into, int at, int first, int payload) {
        if (isControl(first) && payload > MAX_CONTROL) {
            throw new IllegalArgumentException("A control frame carries no more than 125 bytes, not " + payload);
        }
        into[at] = (byte) first;
        if (payload <= MAX_CONTROL) {
            into[at + 1] = (byte) payload;
            return at + 2;
        }
        boolean two = payload <= 0xFFFF;
        into[at + 1] = (byte) (two ? TWO_BYTES : EIGHT_BYTES);
        return putLength(into, at + 2, two ? 2 : 8, payload);
    }

    static boolean isControl(int opcode) {
        return (opcode & CLOSE) != 0;
    }

    private static int putLength(byte[] into, int at, int bytes, long length) {
        for (int i = 0; i < bytes; i++) {
            into[at + i] = (byte) (length >>> ((bytes - 1 - i) * Byte.SIZE));
        }
        return at + bytes;
    }
}
