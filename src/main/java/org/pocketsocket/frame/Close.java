package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a close frame says (RFC 6455, 5.5.1 and 7.4). */
public record Close(int code, String reason) {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;

    /** The peer gave no code. Never on the wire. */
    public static final int NO_CODE = 1005;

    public static final int INVALID_PAYLOAD = 1007;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;

    private static final Close EMPTY = new Close(NO_CODE, "");

    /** May this code be sent? 1004, 1005, 1006 and 1015 may not, nor what nobody has registered (RFC 6455, 7.4). */
    public static boolean isSendable(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    /** Reads a close frame's payload. */
    static Close parse(byte[] bytes, int from, int to) {
        if (from == to) {
            return EMPTY;
        }
        if (to - from == 1) {
            throw ProtocolException.violation("Close frame with half a code.");
        }
        int code = ((bytes[from] & 0xFF) << 8) | (bytes[from + 1] & 0xFF);
        if (!isSendable(code)) {
            throw ProtocolException.violation("Close code " + code + " is not allowed.");
        }
        return new Close(code, Utf8.decode(bytes, from + 2, to));
    }

    /** A close frame's payload: the code, then the reason. Nothing at all for {@link #NO_CODE}. */
    byte[] payload() {
        byte[] text = reason.getBytes(UTF_8);
        if (code == NO_CODE && text.length == 0) {
            return text;
        }
        if (!isSendable(code)) {
            throw new IllegalArgumentException("Close code " + code + " is not allowed.");
        }
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    /** Refuses a payload that we may not send. */
    static void check(byte[] payload) {
        try {
            parse(payload, 0, payload.length);
        } catch (ProtocolException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }
}
