package org.pocketsocket.client;

import org.pocketsocket.client.ClientException.Kind;

/**
 * A packet of Socket.IO's protocol, revision 5: {@code type[attachments-][/namespace,][id][json]}.
 *
 * @param attachments how many binary messages follow
 * @param id of an acknowledgement; -1 without
 * @param data JSON, or empty
 */
record SocketIoPacket(int type, int attachments, String namespace, long id, String data) {

    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    private static final int MOST = 100;

    static SocketIoPacket parse(String text) {
        int type = text.isEmpty() ? -1 : text.charAt(0) - '0';
        if (type < CONNECT || type > BINARY_ACK) {
            throw ClientException.of(Kind.PROTOCOL, "not a packet of Socket.IO");
        }
        int at = 1;
        int attachments = 0;
        if (type >= BINARY_EVENT) {
            int dash = text.indexOf('-');
            attachments = (int) number(text, 1, dash);
            at = dash + 1;
        }
        String namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            namespace = text.substring(at, end);
            at = Math.min(end + 1, text.length());
        }
        int data = at;
        while (data < text.length() && Character.isDigit(text.charAt(data))) {
            data++;
        }
        long id = data > at ? number(text, at, data) : -1;
        return new SocketIoPacket(type, attachments, namespace, id, text.substring(data));
    }

    private static long number(String text, int from, int to) {
        boolean sane = from < to && to - from < 19 && text.substring(from, to).matches("[0-9]+");
        long number = sane ? Long.parseLong(text.substring(from, to)) : -1;
        if (number < 0 || (from == 1 && text.charAt(0) - '0' >= BINARY_EVENT && number > MOST)) {
            throw ClientException.of(Kind.PROTOCOL, "a packet with a number out of range");
        }
        return number;
    }

    String format() {
        return type
                + (type >= BINARY_EVENT ? attachments + "-" : "")
                + (namespace.equals("/") ? "" : namespace + ",")
                + (id < 0 ? "" : String.valueOf(id))
                + data;
    }
}
