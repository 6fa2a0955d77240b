package org.pocketsocket.socketio;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A packet that was sent to a client, as text of Engine.IO, with its attachments.
 *
 * @param type of Socket.IO; -1 when it is none of its packets
 * @param offset that an event ends with if it wants no answer; null for everything else
 */
record Sent(int type, String namespace, @Nullable String offset, String text) {

    /** Where one ends: behind its attachments. */
    private static final Pattern BETWEEN = Pattern.compile(Revision.SEPARATOR + "(?!" + Revision.BINARY + ')');

    /** Those in a text that a codec made. */
    static List<Sent> all(String text) {
        return BETWEEN.splitAsStream(text).map(Sent::read).toList();
    }

    private static Sent read(String text) {
        if (text.length() < 2 || text.charAt(0) != SocketIoCodec.MESSAGE) {
            return new Sent(-1, "", null, text);
        }
        String packet = Revision.split(text).get(0);
        int type = packet.charAt(1) - '0';
        int at = type >= Packet.BINARY_EVENT ? packet.indexOf('-') + 1 : 2;
        String namespace = Packet.namespace(packet, at);
        int values = namespace.isEmpty() ? at : at + namespace.length() + 1;
        String offset = packet.startsWith("[", values) && isEvent(type) ? offset(packet) : null;
        return new Sent(type, namespace.isEmpty() ? Packet.MAIN : namespace, offset, text);
    }

    private static boolean isEvent(int type) {
        return type == Packet.EVENT || type == Packet.BINARY_EVENT;
    }

    /** Its last value, which is a text without quotes in it. */
    private static String offset(String event) {
        return event.substring(event.lastIndexOf('"', event.length() - 3) + 1, event.length() - 2);
    }

    boolean is(int which) {
        return type == which;
    }

    boolean isAt(String in, @Nullable String where) {
        return offset != null && offset.equals(where) && namespace.equals(in);
    }
}
