package org.pocketsocket.frame;

/**
 * How much a peer may send, checked on a frame's header, before memory is taken.
 *
 * @param frame bytes of payload in one frame
 * @param message bytes of payload in one message, all its fragments together, and after inflation
 * @param fragments frames in one message: an endless run of empty ones would pass the other two
 */
public record Limits(int frame, int message, int fragments) {
    /** A mebibyte a message, in as many fragments as anyone sends. */
    public static final Limits DEFAULT = new Limits(1 << 20, 1 << 20, 65_536);

    /** The largest array every JVM can give, less a frame's header. */
    private static final int LARGEST = Integer.MAX_VALUE - 32;

    public Limits {
        check("frame", frame, Frames.MAX_CONTROL + 1);
        check("message", message, Frames.MAX_CONTROL + 1);
        check("fragments", fragments, 1);
    }

    /** The same bound for a frame and for a message. */
    public static Limits ofMessage(int bytes) {
        return new Limits(bytes, bytes, DEFAULT.fragments);
    }

    private static void check(String name, int value, int least) {
        if (value < least || value > LARGEST) {
            throw new IllegalArgumentException(
                    "The limit \"%s\" must be from %d to %d, not %d".formatted(name, least, LARGEST, value));
        }
    }
}
