package org.pocketsocket.socketio;

import java.util.ArrayList;
import java.util.List;

/**
 * A packet of Socket.IO 0.9: {@code type:[id[+]]:[endpoint][:data]}, whose data may have colons.
 *
 * @param id empty without
 * @param asks whether the application is to acknowledge; without, an id is acknowledged on receipt
 */
record OldPacket(int type, String id, boolean asks, String endpoint, String data) {

    static final int DISCONNECT = 0;
    static final int CONNECT = 1;
    static final int HEARTBEAT = 2;
    static final int MESSAGE = 3;
    static final int JSON = 4;
    static final int EVENT = 5;
    static final int ACK = 6;
    static final int ERROR = 7;
    static final int NOOP = 8;

    private static final char FRAME = '\ufffd';
    private static final int DIGITS = 15;

    /**
     * Reads one.
     *
     * @throws BadPacket when it is none
     */
    static OldPacket read(String text) {
        String[] parts = text.split(":", 4);
        if (parts[0].length() != 1 || parts[0].charAt(0) < '0' || parts[0].charAt(0) > '8') {
            throw new BadPacket("an unknown type of packet");
        }
        String id = part(parts, 1);
        boolean asks = id.endsWith("+");
        String number = asks ? id.substring(0, id.length() - 1) : id;
        if (!isNumber(number) && !id.isEmpty()) {
            throw new BadPacket("an id that is no number");
        }
        return new OldPacket(parts[0].charAt(0) - '0', number, asks, part(parts, 2), part(parts, 3));
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String part(String[] parts, int number) {
        return number < parts.length ? parts[number] : "";
    }

    /** The endpoint without its slash and its query. */
    String channel() {
        int query = endpoint.indexOf('?');
        String path = query < 0 ? endpoint : endpoint.substring(0, query);
        return path.isEmpty() ? "" : path.substring(1);
    }

    /** What a connection is asked for with: behind the endpoint, or in its place. */
    String query() {
        int query = endpoint.indexOf('?');
        return query >= 0 ? endpoint.substring(query + 1) : data.startsWith("?") ? data.substring(1) : "";
    }

    static String write(int type, String id, String channel, String data) {
        String endpoint = channel.isEmpty() ? "" : '/' + channel;
        return type + ":" + id + ":" + endpoint + (data.isEmpty() ? "" : ":" + data);
    }

    /**
     * The packets of a body: one as it is, or several behind their lengths in characters.
     *
     * @throws BadPacket when the lengths are wrong
     */
    static List<String> unframe(String body) {
        if (body.isEmpty() || body.charAt(0) != FRAME) {
            return body.isEmpty() ? List.of() : List.of(body);
        }
        List<String> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            int end = body.indexOf(FRAME, at + 1);
            String length = end < 0 ? "" : body.substring(at + 1, end);
            if (body.charAt(at) != FRAME || !isNumber(length) || length.length() > 9) {
                throw new BadPacket("a body without its packets' lengths");
            }
            at = end + 1 + Integer.parseInt(length);
            if (at > body.length()) {
                throw new BadPacket("a body that ends within a packet");
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
