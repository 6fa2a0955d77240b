package org.pocketsocket.client.net;

import java.util.Locale;

/**
 * Why a connection ended or did not come about, in a sentence.
 *
 * @param code a close code or an HTTP status; 0 where there is none
 * @param met somebody was there, so that another way in may lead somewhere
 */
public record Ending(Kind kind, int code, String sentence, boolean met) {

    /** What went wrong. */
    public enum Kind {
        /** Nobody answers there, or the connection broke. */
        UNREACHABLE,
        /** It took too long. */
        TIMEOUT,
        /** The server, or a proxy, said no in HTTP: the code is the status. */
        REFUSED,
        /** What answers is no server of this kind, or does not prove to be one. */
        HANDSHAKE,
        /** The server's certificate, or its TLS, is not to be trusted. */
        TLS,
        /** The server broke the protocol. */
        PROTOCOL,
        /** It was closed in good order: the code says why. */
        CLOSED
    }

    /** One that does not depend on the way in; what was said in HTTP does. */
    public Ending(Kind kind, int code, String sentence) {
        this(kind, code, sentence, kind == Kind.HANDSHAKE || kind == Kind.REFUSED);
    }

    /** The same, but somebody was there. */
    public Ending elsewhere() {
        return new Ending(kind, code, sentence, true);
    }

    /** The server said goodbye. */
    public static Ending closed(String place, int code, String reason) {
        String why = reason.isEmpty() ? "" : ": " + reason;
        return new Ending(Kind.CLOSED, code, place + " closed the connection (" + code + ")" + why);
    }

    static Ending broken(String place, Exception cause) {
        String message = cause.getMessage();
        String why = message == null ? cause.getClass().getSimpleName() : message;
        return new Ending(Kind.UNREACHABLE, 0, "Cannot reach " + place + ": " + why.toLowerCase(Locale.ROOT));
    }

    static Ending hungUp(String place) {
        return new Ending(Kind.UNREACHABLE, 0, place + " ended the connection without a word");
    }

    /** An HTTP answer that is not what was asked for. */
    public static Ending refused(String place, int status, String location) {
        String sentence =
                switch (status) {
                    case 301, 302, 303, 307, 308 ->
                        place + " redirects to " + location + " (" + status
                                + "), which is not followed: connect to where it leads";
                    case 401 -> place + " wants to know who you are (401): give a token, a cookie or a header";
                    case 403 -> place + " does not let you in (403)";
                    case 404 -> place + " has nothing at that path (404)";
                    case 407 -> "the proxy wants to know who you are (407)";
                    default -> place + " answered with status " + status;
                };
        return new Ending(Kind.REFUSED, status, sentence);
    }

    public static Ending protocol(String place, String sentence) {
        return new Ending(Kind.PROTOCOL, 1002, place + " broke the protocol: " + sentence);
    }

    static Ending handshake(String place, String sentence) {
        return new Ending(Kind.HANDSHAKE, 0, place + " does not answer as it should: " + sentence);
    }

    static Ending late(String place, String what, long millis) {
        return new Ending(Kind.TIMEOUT, 0, place + " " + what + " within " + millis + " ms");
    }
}
