package org.pocketsocket.client;

import org.pocketsocket.client.net.Ending;

/** Why the client could not do what it was to do, in a sentence. */
public final class ClientException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int code;
    private final String error;

    /** What went wrong. */
    public enum Kind {
        /** Nobody answers there, or the connection broke. */
        UNREACHABLE,
        /** It took too long. */
        TIMEOUT,
        /** The server, or a proxy, said no in HTTP; the code is the status. */
        REFUSED,
        /** What answers is no server of this kind. */
        HANDSHAKE,
        /** The server's certificate, or its TLS, is not to be trusted. */
        TLS,
        /** The server broke the protocol. */
        PROTOCOL,
        /** The connection was closed in good order, by us or by the server; the code is the close code. */
        CLOSED,
        /** The server said no to what was asked; it chose code and name. */
        REJECTED,
        /** Too much waits to be sent already. */
        FULL,
        /** A value cannot be written, or what came does not fit the type. */
        PAYLOAD
    }

    private ClientException(Kind kind, int code, String error, String sentence) {
        super(sentence);
        this.kind = kind;
        this.code = code;
        this.error = error;
    }

    static ClientException of(Kind kind, String sentence) {
        return new ClientException(kind, 0, "", sentence);
    }

    static ClientException of(Ending why) {
        return new ClientException(Kind.valueOf(why.kind().name()), why.code(), "", why.sentence());
    }

    static ClientException rejected(int code, String error, String sentence) {
        return new ClientException(Kind.REJECTED, code, error, sentence);
    }

    static ClientException payload(String sentence, Throwable cause) {
        ClientException found = of(Kind.PAYLOAD, sentence);
        found.initCause(cause);
        return found;
    }

    /** The same, told where it is noticed: with the stack of who waited for it. */
    ClientException here() {
        ClientException copy = new ClientException(kind, code, error, String.valueOf(getMessage()));
        copy.initCause(this);
        return copy;
    }

    public Kind kind() {
        return kind;
    }

    /** A close code, an HTTP status, or the code of the server's rejection; 0 where there is none. */
    public int code() {
        return code;
    }

    /** The name of the server's rejection, as {@code no_such_method}; empty where there is none. */
    public String error() {
        return error;
    }
}
