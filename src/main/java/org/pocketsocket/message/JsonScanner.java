package org.pocketsocket.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where JSON values end (RFC 8259), strictly, without building anything. All positions are indexes into the text;
 * a negative result says what is wrong.
 */
final class JsonScanner {

    static final int INVALID = -1;
    static final int TOO_DEEP = -2;

    private final String text;
    private final int maxDepth;

    JsonScanner(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /**
     * The values of an array that was found valid when it came.
     *
     * @throws IllegalArgumentException when it is no array
     */
    static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        JsonScanner scanner = new JsonScanner(array, Integer.MAX_VALUE);
        int at = scanner.space(0);
        if (scanner.charAt(at) != '[') {
            throw new IllegalArgumentException("is no array");
        }
        at = scanner.space(at + 1);
        while (scanner.charAt(at) != ']') {
            int end = scanner.value(at, 1);
            elements.add(array.substring(at, end));
            at = scanner.space(end);
            at = scanner.charAt(at) == ',' ? scanner.space(at + 1) : at;
        }
        return elements;
    }

    /** The first index from {@code at} on that is no white space. */
    int space(int at) {
        int i = at;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The character there, or 0 behind the end: no JSON token starts with it. */
    char charAt(int at) {
        return at < text.length() ? text.charAt(at) : 0;
    }

    /** The end of the value that starts at {@code at}, which lies {@code depth} containers deep. */
    int value(int at, int depth) {
        return switch (charAt(at)) {
            case '{' -> container(at, depth + 1, true);
            case '[' -> container(at, depth + 1, false);
            case '"' -> string(at);
            case 't' -> word(at, "true");
            case 'f' -> word(at, "false");
            case 'n' -> word(at, "null");
            default -> number(at);
        };
    }

    /** The end of the string whose opening quote is at {@code at}. */
    int string(int at) {
        int i = at + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            } else if (c == '\\') {
                i = escape(i + 1);
                if (i < 0) {
                    return i;
                }
            } else if (c < 0x20) {
                return INVALID;
            } else {
                i++;
            }
        }
        return INVALID;
    }

    private int container(int at, int depth, boolean object) {
        if (depth > maxDepth) {
            return TOO_DEEP;
        }
        char close = object ? '}' : ']';
        int i = space(at + 1);
        if (charAt(i) == close) {
            return i + 1;
        }
        while (true) {
            i = object ? key(i) : i;
            i = i < 0 ? i : value(i, depth);
            if (i < 0) {
                return i;
            }
            i = space(i);
            char next = charAt(i);
            if (next == close) {
                return i + 1;
            } else if (next != ',') {
                return INVALID;
            }
            i = space(i + 1);
        }
    }

    /** From a key's quote to the start of its value. */
    int key(int at) {
        if (charAt(at) != '"') {
            return INVALID;
        }
        int end = string(at);
        if (end < 0) {
            return end;
        }
        int colon = space(end);
        return charAt(colon) == ':' ? space(colon + 1) : INVALID;
    }

    private int escape(int at) {
        char c = charAt(at);
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) < 0 ? INVALID : at + 1;
        }
        for (int i = at + 1; i <= at + 4; i++) {
            if (Character.digit(charAt(i), 16) < 0 || charAt(i) > 'f') { // Java knows other scripts' digits too
                return INVALID;
            }
        }
        return at + 5;
    }

    private int word(int at, String word) {
        return text.startsWith(word, at) ? at + word.length() : INVALID;
    }

    private int number(int at) {
        int i = charAt(at) == '-' ? at + 1 : at;
        int end = charAt(i) == '0' ? i + 1 : digits(i);
        if (end > 0 && charAt(end) == '.') {
            end = digits(end + 1);
        }
        if (end > 0 && (charAt(end) | 0x20) == 'e') {
            char sign = charAt(end + 1);
            end = digits(sign == '+' || sign == '-' ? end + 2 : end + 1);
        }
        return end;
    }

    private int digits(int at) {
        int i = at;
        while (isDigit(charAt(i))) {
            i++;
        }
        return i > at ? i : INVALID;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
