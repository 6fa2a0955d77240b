package org.pocketsocket.frame;

import java.util.Arrays;
import java.util.regex.Pattern;

/** A start line and headers, not yet known to be a request or a response. */
record Head(String start, Headers headers) {
    private static final Pattern SPACE_AROUND = Pattern.compile("^[ \\t]+|[ \\t]+$");

    static Head parse(String text) {
        String[] lines = text.split("\r\n", -1);
        return new Head(
                lines[0],
                new Headers(Arrays.stream(lines).skip(1).map(Head::field).toList()));
    }

    /** A line that begins with a space would continue the one before: obsolete, and refused here (RFC 9112, 5.2). */
    private static Headers.Field field(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(colon, 0));
        String value = SPACE_AROUND.matcher(line.substring(colon + 1)).replaceAll("");
        if (!Headers.Field.isLine(name, value)) {
            throw HandshakeException.malformed("Not a header line.");
        }
        return new Headers.Field(name, value);
    }
}
