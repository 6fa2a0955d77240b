package org.pocketsocket.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Outgoing;

/**
 * The Socket.IO dialect, as packets of Engine.IO (see {@link Revision}): an event's text, and its attachments behind it.
 * Namespace {@code /chat} is channel {@code chat}. Of what other dialects relay, nothing is for Socket.IO: it is encoded
 * as the empty text.
 */
final class SocketIoCodec implements Codec {

    /** Names of events that are the client's own: it would take one from us for a breach of the protocol. */
    static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** What pocket's clients ask the server for, and ours under the same names: who is here, what one shows, what was. */
    private static final String PRESENCE = "socket.presence";

    private static final String STATE = "socket.state";
    private static final String HISTORY = "socket.history";

    static final char MESSAGE = '4';
    private static final String NOTHING = "";

    private final Revision revision;
    private final int depth;
    private final @Nullable AtomicLong offsets;

    /** @param depth how deep JSON may be nested */
    SocketIoCodec(Revision revision, int depth) {
        this(revision, depth, false);
    }

    /** @param offsets whether each event that wants no answer ends with one more value, which no other has */
    SocketIoCodec(Revision revision, int depth, boolean offsets) {
        this.revision = revision;
        this.depth = depth;
        this.offsets = offsets ? new AtomicLong() : null;
    }

    Revision revision() {
        return revision;
    }

    int depth() {
        return depth;
    }

    static String channel(String namespace) {
        return namespace.substring(1);
    }

    static String namespace(String channel) {
        return '/' + channel;
    }

    // ---- from the client

    @Override
    public Incoming decode(String text) {
        try {
            Packet packet = Packet.read(text, depth);
            return packet.isAck() ? answer(packet) : event(packet);
        } catch (BadPacket e) {
            return new Incoming.Malformed("null", String.valueOf(e.getMessage()), text);
        }
    }

    /** An event, whole. */
    Incoming event(Packet packet) {
        List<String> values = packet.values(depth);
        String id = packet.id() < 0 ? "null" : String.valueOf(packet.id());
        String name = values.isEmpty() ? "" : name(values.get(0));
        if (name.isEmpty()) {
            throw new BadPacket("an event without a name");
        }
        String channel = channel(packet.namespace());
        String about = values.size() > 1 ? values.get(1) : "{}";
        return switch (name) {
            case PRESENCE -> new Incoming.Presence(id, channel, about, packet.data());
            case STATE -> new Incoming.State(id, channel, about, packet.data());
            case HISTORY -> new Incoming.History(id, channel, about, packet.data());
            default ->
                new Incoming.Envelope(
                        id, channel, name, data(values.subList(1, values.size())), values.size() != 2, packet.data());
        };
    }

    private static String name(String json) {
        boolean number = Character.isDigit(json.charAt(0));
        return number ? json : json.charAt(0) == '"' ? JsonParts.unquote(json) : "";
    }

    /** One value is itself, several are an array. */
    private static String data(List<String> values) {
        return values.size() == 1 ? values.get(0) : '[' + String.join(",", values) + ']';
    }

    /** The answer to a question of ours, whole. */
    Incoming answer(Packet packet) {
        List<String> values = packet.values(depth);
        String data = values.isEmpty() ? "null" : data(values);
        return new Incoming.Answer("\"a" + packet.id() + '"', data, packet.data());
    }

    // ---- to the client

    @Override
    public String encode(Outgoing message) {
        if (message instanceof Outgoing.Event event) {
            return RESERVED.contains(event.event()) ? NOTHING : event(event);
        } else if (message instanceof Outgoing.Reply reply) {
            return reply(reply);
        } else if (message instanceof Outgoing.Failure failure) {
            return failure(failure);
        } else if (message instanceof Outgoing.Presence presence) {
            return event(new Outgoing.Event(null, presence.channel(), PRESENCE, change(presence)));
        } else if (message instanceof Outgoing.Left left) {
            return MESSAGE
                    + Packet.head(Packet.DISCONNECT, 0, namespace(left.channel()))
                            .toString();
        }
        return NOTHING;
    }

    private static String change(Outgoing.Presence presence) {
        String room = presence.room().isEmpty() ? "" : "\"room\":" + JsonParts.quote(presence.room()) + ',';
        String member = presence.member() == null ? "" : ",\"member\":" + presence.member();
        return '{' + room + "\"change\":" + JsonParts.quote(presence.change()) + member + ",\"count\":"
                + presence.count() + '}';
    }

    private String event(Outgoing.Event event) {
        String id = event.id();
        String number = id == null ? "" : id.substring(2, id.length() - 1); // ours are "a1", theirs are 1
        String values = JsonParts.quote(event.event()) + rest(event.data(), event.spread()) + offset(id);
        return packet(new Packet(Packet.EVENT, 0, namespace(event.channel()), -1, '[' + values + ']'), number);
    }

    private String offset(@Nullable String id) {
        return offsets == null || id != null ? "" : ",\"" + Long.toString(offsets.incrementAndGet(), 36) + '"';
    }

    private static String rest(String data, boolean spread) {
        String values = spread ? data.substring(1, data.length() - 1) : data;
        return values.isBlank() ? "" : ',' + values;
    }

    private String reply(Outgoing.Reply reply) {
        Incoming to = reply.to();
        String channel = channel(to);
        if (to instanceof Incoming.Join join) {
            return connected(join, reply.data());
        } else if (channel == null || !to.isNamed()) {
            return NOTHING;
        }
        return ack(
                channel,
                to.id(),
                reply.data() == null ? "[]" : reply.spread() ? reply.data() : '[' + reply.data() + ']');
    }

    /** Of what is said in a namespace; null for anything else. */
    private static @Nullable String channel(Incoming said) {
        if (said instanceof Incoming.Envelope envelope) {
            return envelope.channel();
        } else if (said instanceof Incoming.Presence presence) {
            return presence.channel();
        } else if (said instanceof Incoming.State state) {
            return state.channel();
        }
        return said instanceof Incoming.History history ? history.channel() : null;
    }

    /** A join's id is the socket's, and what else the client is to know of it. What the channel greets with is an event right behind. */
    private String connected(Incoming.Join join, @Nullable String greeting) {
        String namespace = namespace(join.channel());
        String data = revision == Revision.FOUR ? "{\"sid\":" + join.id() + '}' : "";
        String connected =
                MESSAGE + Packet.head(Packet.CONNECT, 0, namespace).append(data).toString();
        return greeting == null
                ? connected
                : connected
                        + Revision.SEPARATOR
                        + event(new Outgoing.Event(null, join.channel(), "greeting", greeting));
    }

    private static String ack(String channel, String id, String values) {
        return packet(new Packet(Packet.ACK, 0, namespace(channel), -1, values), id);
    }

    /** A "no" to an event is its acknowledgement, or, where none is wanted, an event of its own. */
    private String failure(Outgoing.Failure failure) {
        String channel = channel(failure.to());
        if (failure.to() instanceof Incoming.Join join) {
            return isAlwaysThere(failure) ? connected(join, null) : connectError(namespace(join.channel()), failure);
        } else if (channel == null) {
            return NOTHING;
        }
        String error = error(failure);
        return failure.to().isNamed()
                ? ack(channel, failure.to().id(), '[' + error + ']')
                : event(new Outgoing.Event(null, channel, "error", error));
    }

    /** Clients of revision 3 are in the main namespace, whatever is in it. */
    private boolean isAlwaysThere(Outgoing.Failure failure) {
        return revision == Revision.THREE
                && isUnknown(failure)
                && failure.to() instanceof Incoming.Join join
                && join.channel().isEmpty();
    }

    private static boolean isUnknown(Outgoing.Failure failure) {
        return failure.error().equals("no_such_namespace");
    }

    private static String error(Outgoing.Failure failure) {
        return "{\"error\":" + JsonParts.quote(failure.error()) + ",\"code\":" + failure.code() + ",\"reason\":"
                + JsonParts.quote(failure.reason()) + '}';
    }

    /** As Socket.IO's own server has it: revision 4 knows either data or a sentence. */
    private String connectError(String namespace, Outgoing.Failure failure) {
        boolean unknown = isUnknown(failure);
        String message = JsonParts.quote(unknown ? "Invalid namespace" : failure.reason());
        String data = unknown ? "" : "{\"code\":" + failure.code() + '}';
        StringBuilder packet = Packet.head(Packet.CONNECT_ERROR, 0, namespace).insert(0, MESSAGE);
        if (revision == Revision.THREE) {
            return packet.append(unknown ? message : data).toString();
        }
        packet.append("{\"message\":").append(message);
        return packet.append(unknown ? "" : ",\"data\":" + data).append('}').toString();
    }

    /** Binary data goes behind the packet. */
    private static String packet(Packet packet, String id) {
        List<String> attachments = new ArrayList<>();
        String data = Attachments.extract(packet.data(), attachments);
        int type = attachments.isEmpty() ? packet.type() : packet.type() + 3;
        StringBuilder text = Packet.head(type, attachments.size(), packet.namespace())
                .insert(0, MESSAGE)
                .append(id)
                .append(data);
        attachments.forEach(base64 ->
                text.append(Revision.SEPARATOR).append(Revision.BINARY).append(base64));
        return text.toString();
    }
}
