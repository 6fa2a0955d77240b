package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of an HTTP/1.1 response. */
public record Response(int status, String reason, Headers headers) {
    public static final int SWITCHING_PROTOCOLS = 101;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-9][0-9]{2})(?: (.*))?");

    static Response parse(Head head) {
        Matcher line = STATUS_LINE.matcher(head.start());
        if (!line.matches()) {
            throw HandshakeException.malformed("Not a status line of HTTP/1.1.");
        }
        String reason = line.group(2);
        return new Response(Integer.parseInt(line.group(1)), reason == null ? "" : reason, head.headers());
    }

    /** As on the wire. */
    public byte[] format() {
        return ("HTTP/1.1 " + status + " " + reason + "\r\n" + headers.format() + "\r\n").getBytes(ISO_8859_1);
    }
}
