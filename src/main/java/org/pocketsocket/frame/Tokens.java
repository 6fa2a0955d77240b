package org.pocketsocket.frame;

/** The grammar's tokens (RFC 9110, 5.6.2). */
final class Tokens {
    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private Tokens() {}

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Tokens::isTokenChar);
    }

    private static boolean isTokenChar(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || MARKS.indexOf(c) >= 0;
    }
}
