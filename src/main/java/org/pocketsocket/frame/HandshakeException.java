package org.pocketsocket.frame;

/** The peer's opening handshake is not one. A server sends {@link #answer()} and closes; a client just closes. */
public final class HandshakeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Response answer;

    private HandshakeException(String sentence, Response answer) {
        super(sentence, null, false, false);
        this.answer = answer;
    }

    static HandshakeException malformed(String sentence) {
        return refusal(400, "Bad Request", sentence, Headers.NONE);
    }

    static HandshakeException tooLarge() {
        return refusal(431, "Request Header Fields Too Large", "The head is larger than 65,536 bytes.", Headers.NONE);
    }

    static HandshakeException refusal(int status, String reason, String sentence, Headers headers) {
        Headers all = Headers.of("Connection", "close", "Content-Length", "0").with(headers);
        return new HandshakeException(sentence, new Response(status, reason, all));
    }

    /** What a server answers: 400, 405, 426, 431 or 505. */
    public Response answer() {
        return answer;
    }
}
