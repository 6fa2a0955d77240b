package org.pocketsocket.frame;

/**
 * What a {@link FrameReader} has read, in the order it came. Called within {@code read}, so a handler that takes its time
 * holds up its own peer and no other. Arrays are the handler's to keep. It must not throw: what was not yet read of the
 * bytes at hand would be lost.
 */
public interface FrameHandler {
    void text(String text);

    void binary(byte[] payload);

    /** Answer with a pong of the same payload, as soon as is practical (RFC 6455, 5.5.2). Nobody does it for you. */
    void ping(byte[] payload);

    void pong(byte[] payload);

    /**
     * The peer's close; nothing follows it. Answer with a close unless you have sent one (RFC 6455, 5.5.1).
     *
     * @param code {@link Close#NO_CODE} when the peer gave none
     */
    void close(int code, String reason);

    /**
     * What exists only where the {@link Rules} allow it: an opcode of the application's, a frame with reserved bits, a
     * fragment. Its text is not checked when it has reserved bits, for then it need not be text yet.
     *
     * @param first FIN, the reserved bits (of a message: of all its frames) and the opcode, as in a frame's first byte
     */
    default void other(int first, byte[] payload) {}
}
