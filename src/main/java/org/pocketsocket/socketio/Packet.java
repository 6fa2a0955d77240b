package org.pocketsocket.socketio;

import java.util.List;
import org.pocketsocket.message.JsonParts;

/**
 * A packet of Socket.IO: {@code type[attachments-][/namespace,][id][json]}. Revisions 4 and 5 write it the same way.
 *
 * @param attachments how many binary messages follow
 * @param namespace with its slash; {@code /} is the main one
 * @param id of an acknowledgement; -1 without
 * @param data JSON, or empty
 */
record Packet(int type, int attachments, String namespace, long id, String data) {

    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    /** As the official parsers have it. */
    static final int MOST_ATTACHMENTS = 10;

    private static final int DIGITS = 15;
    private static final int LONGEST_NAMESPACE = 1024;
    static final String MAIN = "/";

    /**
     * Reads one strictly.
     *
     * @throws BadPacket when it is none
     */
    static Packet read(String text, int depth) {
        int type = text.isEmpty() ? -1 : text.charAt(0) - '0';
        if (type < CONNECT || type > BINARY_ACK) {
            throw new BadPacket("an unknown type of packet");
        }
        int at = 1;
        int attachments = 0;
        if (type >= BINARY_EVENT) {
            int dash = digits(text, 1);
            attachments = (int) number(text, 1, dash);
            if (dash == 1 || attachments > MOST_ATTACHMENTS || !text.startsWith("-", dash)) {
                throw new BadPacket("attachments without a number, or too many");
            }
            at = dash + 1;
        }
        String namespace = namespace(text, at);
        at = namespace.isEmpty() ? at : Math.min(at + namespace.length() + 1, text.length());
        int data = digits(text, at);
        long id = data > at ? number(text, at, data) : -1;
        Packet packet = new Packet(type, attachments, namespace.isEmpty() ? MAIN : namespace, id, text.substring(data));
        packet.check(depth);
        return packet;
    }

    /** With its slash; empty when there is none at this place. */
    static String namespace(String text, int at) {
        if (!text.startsWith(MAIN, at)) {
            return "";
        }
        int comma = text.indexOf(',', at);
        String namespace = text.substring(at, comma < 0 ? text.length() : comma);
        if (namespace.length() > LONGEST_NAMESPACE || namespace.chars().anyMatch(c -> c < ' ')) {
            throw new BadPacket("a namespace that is none");
        }
        return namespace;
    }

    private static int digits(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static long number(String text, int from, int to) {
        if (to - from > DIGITS) {
            throw new BadPacket("a number out of range");
        }
        return to == from ? 0 : Long.parseLong(text.substring(from, to));
    }

    private void check(int depth) {
        boolean good =
                switch (type) {
                    case CONNECT -> data.isEmpty() || isObject(depth);
                    case DISCONNECT -> data.isEmpty();
                    case CONNECT_ERROR -> true; // not for us to read
                    default -> data.startsWith("[");
                };
        if (!good || (isAck() && id < 0)) {
            throw new BadPacket("a packet that is not as its type says");
        }
        if (isList()) {
            values(depth); // throws
        }
    }

    private boolean isList() {
        return type == EVENT || type == ACK || type >= BINARY_EVENT;
    }

    private boolean isObject(int depth) {
        return data.startsWith("{") && array('[' + data + ']', depth + 1).size() == 1;
    }

    /** An event's name and its values, an acknowledgement's values: each as JSON. */
    List<String> values(int depth) {
        return array(data, depth);
    }

    private static List<String> array(String json, int depth) {
        try {
            return JsonParts.array(json, depth);
        } catch (IllegalArgumentException e) {
            throw new BadPacket("JSON that is none, or is nested too deep");
        }
    }

    /** An acknowledgement, be it binary or not. */
    boolean isAck() {
        return type == ACK || type == BINARY_ACK;
    }

    Packet withData(String other) {
        return new Packet(type, attachments, namespace, id, other);
    }

    /** The other way round. */
    static StringBuilder head(int type, int attachments, String namespace) {
        StringBuilder head = new StringBuilder(64).append(type);
        if (attachments > 0) {
            head.append(attachments).append('-');
        }
        return namespace.equals(MAIN) ? head : head.append(namespace).append(',');
    }
}
