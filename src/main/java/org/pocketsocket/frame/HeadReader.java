package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Gathers the head of an HTTP/1.1 message up to its empty line, at most 65,536 bytes of it. What lies behind the head is
 * the other protocol's already: {@link #rest()}.
 */
public final class HeadReader {
    public static final int LIMIT = 65_536;

    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private final Assembly head = new Assembly();

    /** Bytes of {@link #END} seen so far. */
    private int matched;

    private byte[] rest = {};

    /** Takes what the socket gave; true once the head is complete. */
    public boolean receive(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && matched < END.length) {
            matched = bytes[at] == END[matched] ? matched + 1 : bytes[at] == '\r' ? 1 : 0;
            at++;
        }
        if (head.size + at - offset > LIMIT) {
            throw HandshakeException.tooLarge();
        }
        head.append(bytes, offset, at, LIMIT);
        if (at < end) {
            rest = Arrays.copyOfRange(bytes, at, end);
        }
        return matched == END.length;
    }

    public Request request() {
        return Request.parse(head());
    }

    public Response response() {
        return Response.parse(head());
    }

    /** The bytes that came with the head but behind it. */
    public byte[] rest() {
        return rest.clone();
    }

    private Head head() {
        if (matched < END.length) {
            throw new IllegalStateException("The head is not complete yet");
        }
        return Head.parse(new String(head.bytes, 0, head.size - END.length, ISO_8859_1));
    }
}
