package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What is to be sent: one frame. Fragments are frames that are not final, then continuations:
 *
 * <pre>{@code
 * Data.text("Hel").unfinished()
 * Data.of("continuation", "lo")
 * }</pre>
 */
public final class Data {
    private final String type;
    private final byte[] payload;
    private final int flags;

    private Data(String type, byte[] payload, int flags) {
        this.type = type;
        this.payload = payload;
        this.flags = flags;
    }

    public static Data text(String text) {
        return of("text", text);
    }

    public static Data binary(byte[] payload) {
        return of("binary", payload);
    }

    public static Data ping(byte[] payload) {
        return of("ping", payload);
    }

    /** Answers a ping: with its payload. */
    public static Data pong(byte[] payload) {
        return of("pong", payload);
    }

    /** A close that says nothing. */
    public static Data close() {
        return close(Close.NO_CODE, "");
    }

    /** A close with a code, and a reason of at most 123 bytes, which may be empty. */
    public static Data close(int code, String reason) {
        return of("close", new Close(code, reason).payload());
    }

    /** Of any type the connection knows by name. */
    public static Data of(String type, String text) {
        return of(type, text.getBytes(UTF_8));
    }

    public static Data of(String type, byte[] payload) {
        return new Data(type, payload, Frames.FIN);
    }

    /** The same, with more of the message to follow in continuations. */
    public Data unfinished() {
        return new Data(type, payload, flags & ~Frames.FIN);
    }

    /** The same, with these reserved bits set: of {@code RSV1 | RSV2 | RSV3}. */
    public Data withReserved(int bits) {
        if ((bits & ~Frames.RESERVED) != 0) {
            throw new IllegalArgumentException("Reserved bits are RSV1, RSV2 and RSV3, not " + bits);
        }
        return new Data(type, payload, (flags & Frames.FIN) | bits);
    }

    String type() {
        return type;
    }

    byte[] payload() {
        return payload;
    }

    /** FIN and the reserved bits. */
    int flags() {
        return flags;
    }

    boolean isFinal() {
        return (flags & Frames.FIN) != 0;
    }

    int reserved() {
        return flags & Frames.RESERVED;
    }
}
