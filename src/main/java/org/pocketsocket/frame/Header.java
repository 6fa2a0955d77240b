package org.pocketsocket.frame;

/** A frame's header (RFC 6455, 5.2): 2 to 14 bytes, however they arrive. */
final class Header {
    private static final int LONGEST = 14;

    private final byte[] begun = new byte[LONGEST];
    private int size;
    private boolean complete;

    /** FIN, reserved bits and opcode. */
    int first;

    boolean masked;
    int key;

    /** As announced; more than an {@code int} and even negative, until somebody has looked. */
    long length;

    /** Whether the length was written in its shortest form; a negative one never is. */
    boolean minimal;

    boolean isComplete() {
        return complete;
    }

    boolean isFinal() {
        return (first & Frames.FIN) != 0;
    }

    int reserved() {
        return first & Frames.RESERVED;
    }

    int opcode() {
        return first & Frames.OPCODE;
    }

    /** Takes what it needs of the bytes at hand, returns where it stopped. After a complete header it begins the next. */
    int take(byte[] in, int at, int end) {
        if (size == 0 && end - at >= LONGEST) {
            return at + decode(in, at);
        }
        complete = false;
        int next = at;
        while (next < end && !complete) {
            begun[size++] = in[next++];
            complete = size >= 2 && size == sizeOf(begun[1]);
        }
        if (complete) {
            size = 0;
            decode(begun, 0);
        }
        return next;
    }

    private int decode(byte[] in, int at) {
        first = in[at] & 0xFF;
        masked = in[at + 1] < 0;
        length = in[at + 1] & Frames.MAX_SHORT;
        minimal = true;
        if (length >= Frames.TWO_BYTES) {
            decodeLength(in, at + 2, length == Frames.TWO_BYTES ? 2 : 8);
        }
        int taken = sizeOf(in[at + 1]);
        key = masked ? Mask.read(in, at + taken - 4) : 0;
        complete = true;
        return taken;
    }

    private void decodeLength(byte[] in, int at, int count) {
        length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << Byte.SIZE) | (in[at + i] & 0xFF);
        }
        minimal = count == 2 ? length > Frames.MAX_CONTROL : length > 0xFFFF;
    }

    private static int sizeOf(byte second) {
        int length = second & Frames.MAX_SHORT;
        int extended = length < Frames.TWO_BYTES ? 0 : length == Frames.TWO_BYTES ? 2 : 8;
        return 2 + extended + (second < 0 ? 4 : 0);
    }
}
