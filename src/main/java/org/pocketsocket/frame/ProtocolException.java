package org.pocketsocket.frame;

/**
 * The peer broke the protocol. The connection is of no more use: answer with {@link #code()} and end it (RFC 6455, 7.1.7).
 * It carries no stack trace: the fault is not in our code, and a hostile peer should not make us pay for one.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    ProtocolException(int code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
    }

    static ProtocolException violation(String sentence) {
        return new ProtocolException(Close.PROTOCOL_ERROR, sentence);
    }

    static ProtocolException notUtf8() {
        return new ProtocolException(Close.INVALID_PAYLOAD, "Text is not valid UTF-8.");
    }

    static ProtocolException tooBig(String what, long limit) {
        return new ProtocolException(Close.TOO_BIG, "%s Too Big: the limit is %d.".formatted(what, limit));
    }

    /** The close code that tells the peer: 1002, 1007 or 1009. */
    public int code() {
        return code;
    }
}
