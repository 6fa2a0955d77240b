package org.pocketsocket.message;

/** JSON strings: quoted and unquoted. */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** A string as JSON, quotes included. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        return quote(json, text).toString();
    }

    static StringBuilder quote(StringBuilder json, String text) {
        json.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || isHalf(text, i)) {
                escape(json.append(text, done, i), c);
                done = i + 1;
            }
        }
        return (done == 0 ? json.append(text) : json.append(text, done, text.length())).append('"'); // whole: one copy
    }

    private static void escape(StringBuilder json, char c) {
        json.append('\\');
        switch (c) {
            case '"', '\\' -> json.append(c);
            case '\n' -> json.append('n');
            case '\r' -> json.append('r');
            case '\t' -> json.append('t');
            default -> hex(json.append('u'), c);
        }
    }

    private static void hex(StringBuilder json, char c) {
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.append(HEX.charAt(c >> shift & 15));
        }
    }

    /**
     * Valid JSON with lone halves of surrogate pairs escaped. They have no form in UTF-8, and what a server makes of them
     * is not ours to know; a client can smuggle one in as an escape.
     */
    static String wellFormed(String json) {
        for (int i = 0; i < json.length(); i++) {
            if (isHalf(json, i)) {
                return withoutHalves(json);
            }
        }
        return json;
    }

    private static String withoutHalves(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            if (isHalf(json, i)) {
                escape(escaped, json.charAt(i));
            } else {
                escaped.append(json.charAt(i));
            }
        }
        return escaped.toString();
    }

    /** Whether half a surrogate pair stands there without the other half. */
    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (c < Character.MIN_SURROGATE) {
            return false;
        } else if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** The text of a valid JSON string. */
    static String unquote(String quoted) {
        return unescape(quoted.substring(1, quoted.length() - 1));
    }

    /** What stands between the quotes of a valid JSON string, with its escapes resolved. */
    static String unescape(String body) {
        if (body.indexOf('\\') < 0) {
            return body;
        }
        StringBuilder text = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (body.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(body, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(unescape(body.charAt(i)));
            }
        }
        return text.toString();
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
