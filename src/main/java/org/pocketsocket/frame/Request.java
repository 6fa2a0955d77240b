package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The head of an HTTP/1.1 request. */
public record Request(String method, String target, String version, Headers headers) {

    static Request parse(Head head) {
        String[] parts = head.start().split(" ", -1);
        if (parts.length != 3 || !Tokens.isToken(parts[0]) || parts[1].isEmpty() || !parts[2].startsWith("HTTP/")) {
            throw HandshakeException.malformed("Not a request line.");
        }
        return new Request(parts[0], parts[1], parts[2], head.headers());
    }

    /** As on the wire. */
    public byte[] format() {
        return (method + " " + target + " " + version + "\r\n" + headers.format() + "\r\n").getBytes(ISO_8859_1);
    }
}
