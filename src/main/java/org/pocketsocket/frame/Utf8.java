package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks UTF-8 as it arrives, in any pieces, and says no at the very byte that is wrong (RFC 6455, 8.1; RFC 3629, 4). */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
    private static final char REPLACEMENT = '\uFFFD';

    /** Bytes the character begun still needs, and the bounds of the next of them. */
    private int missing;

    private int low;
    private int high;

    /**
     * The text of a whole payload. The JDK's decoder is fast and marks each fault with U+FFFD, so a text without one was
     * valid; only a text with one is looked at again, for the mark may be the peer's own.
     */
    static String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isValid(bytes, from, to)) {
            throw ProtocolException.notUtf8();
        }
        return text;
    }

    private static boolean isValid(byte[] bytes, int from, int to) {
        Utf8 utf8 = new Utf8();
        return utf8.accepts(bytes, from, to) && utf8.isComplete();
    }

    /** Takes the next piece; false when no continuation can make it valid. */
    boolean accepts(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (missing == 0) {
                at = skipAscii(bytes, at, to);
            }
            if (at < to && !accepts(bytes[at++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Did the text end with the end of a character? */
    boolean isComplete() {
        return missing == 0;
    }

    void reset() {
        missing = 0;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && ((long) LONGS.get(bytes, at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private boolean accepts(int octet) {
        if (missing == 0) {
            return begins(octet);
        }
        if (octet < low || octet > high) {
            return false;
        }
        return expect(missing - 1, 0x80, 0xBF);
    }

    /** The first byte of a character, and what it says of the second: no overlong forms, no surrogates, no more than U+10FFFF. */
    private boolean begins(int octet) {
        if (octet < 0xC2 || octet > 0xF4) {
            return false;
        }
        if (octet < 0xE0) {
            return expect(1, 0x80, 0xBF);
        }
        if (octet < 0xF0) {
            return expect(2, octet == 0xE0 ? 0xA0 : 0x80, octet == 0xED ? 0x9F : 0xBF);
        }
        return expect(3, octet == 0xF0 ? 0x90 : 0x80, octet == 0xF4 ? 0x8F : 0xBF);
    }

    private boolean expect(int count, int lowest, int highest) {
        missing = count;
        low = lowest;
        high = highest;
        return true;
    }
}
