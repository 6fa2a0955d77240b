package org.pocketsocket.client;

import java.util.ArrayList;
import java.util.List;

/**
 * A packet of Socket.IO 0.9: {@code type:[id[+]]:[endpoint][:data]}, whose data may have colons.
 *
 * @param id empty without; with a plus at its end the application is to acknowledge
 */
record OldPacket(int type, String id, String endpoint, String data) {

    static final int DISCONNECT = 0;
    static final int CONNECT = 1;
    static final int HEARTBEAT = 2;
    static final int MESSAGE = 3;
    static final int JSON = 4;
    static final int EVENT = 5;
    static final int ACK = 6;
    static final int ERROR = 7;
    static final int NOOP = 8;

    /** In front of each packet's length, where several share a body. */
    static final char FRAME = '\ufffd';

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it has neither one, nor three, nor four parts, or an unknown type
     */
    static OldPacket parse(String text) {
        String[] parts = text.split(":", 4);
        boolean shaped = parts.length == 1 || parts.length >= 3;
        if (!shaped || parts[0].length() != 1 || parts[0].charAt(0) < '0' || parts[0].charAt(0) > '8') {
            throw new IllegalArgumentException("not a packet of Socket.IO 0.9");
        }
        int type = parts[0].charAt(0) - '0';
        return new OldPacket(type, part(parts, 1), part(parts, 2), part(parts, 3));
    }

    private static String part(String[] parts, int number) {
        return number < parts.length ? parts[number] : "";
    }

    String format() {
        return type + ":" + id + ":" + endpoint + (data.isEmpty() ? "" : ":" + data);
    }

    /** The packets of a body: one as it is, or several behind their lengths in characters. */
    static List<String> unframe(String body) {
        if (body.isEmpty() || body.charAt(0) != FRAME) {
            return body.isEmpty() ? List.of() : List.of(body);
        }
        List<String> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            int end = body.indexOf(FRAME, at + 1);
            String length = end < 0 ? "" : body.substring(at + 1, end);
            if (body.charAt(at) != FRAME || !length.matches("\\d{1,9}")) {
                throw new IllegalArgumentException("a body without its packets' lengths");
            }
            at = end + 1 + Integer.parseInt(length);
            if (at > body.length()) {
                throw new IllegalArgumentException("a body that ends within a packet");
            }
            packets.add(body.substring(end + 1, at));
        }
        return packets;
    }

    /** The other way round. */
    static String frame(List<String> packets) {
        if (packets.size() == 1) {
            return packets.get(0);
        }
        StringBuilder body = new StringBuilder();
        packets.forEach(packet ->
                body.append(FRAME).append(packet.length()).append(FRAME).append(packet));
        return body.toString();
    }
}
