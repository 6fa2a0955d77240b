package org.pocketsocket.socketio;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Outgoing;

/** The dialect of Socket.IO 0.9. Errors are named as gevent-socketio named them. */
final class OldCodec implements Codec {

    /** Names that are the client's own. */
    private static final Set<String> RESERVED =
            Set.of("message", "connect", "disconnect", "open", "close", "error", "retry", "reconnect");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][^\\p{Cntrl}]*");
    private static final int QUOTED = 20;
    private static final String NOTHING = "";

    // ---- from the client

    @Override
    public Incoming decode(String text) {
        try {
            OldPacket packet = OldPacket.read(text);
            return switch (packet.type()) {
                case OldPacket.MESSAGE -> event(packet, "message", JsonParts.quote(packet.data()));
                case OldPacket.JSON -> json(packet, text);
                case OldPacket.EVENT -> named(packet, text);
                case OldPacket.ACK -> answer(packet);
                default -> malformed(text);
            };
        } catch (BadPacket e) {
            return malformed(text);
        }
    }

    private static Incoming json(OldPacket packet, String text) {
        return JsonParts.isValue(packet.data())
                ? event(packet, "json", packet.data().trim())
                : malformed(text);
    }

    private static Incoming named(OldPacket packet, String text) {
        try {
            Map<String, String> members = JsonParts.object(packet.data());
            String name = JsonParts.unquote(members.getOrDefault("name", "\"\""));
            List<String> args = JsonParts.array(members.getOrDefault("args", "[]"));
            if (!members.getOrDefault("name", "\"\"").startsWith("\"")) {
                return malformed(text);
            }
            boolean one = args.size() == 1;
            String data = one ? args.get(0) : '[' + String.join(",", args) + ']';
            return new Incoming.Envelope(id(packet), packet.channel(), name, data, !one, text);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return malformed(text);
        }
    }

    private static Incoming event(OldPacket packet, String name, String data) {
        return new Incoming.Envelope(id(packet), packet.channel(), name, data, packet.data());
    }

    private static String id(OldPacket packet) {
        return packet.asks() && !packet.id().isEmpty() ? packet.id() : "null";
    }

    /** Arguments that cannot be read are none (SP-16). */
    private static Incoming answer(OldPacket packet) {
        int plus = packet.data().indexOf('+');
        String id = plus < 0 ? packet.data() : packet.data().substring(0, plus);
        String data = "null";
        if (plus >= 0) {
            try {
                List<String> args = JsonParts.array(packet.data().substring(plus + 1));
                data = args.size() == 1 ? args.get(0) : args.isEmpty() ? "null" : '[' + String.join(",", args) + ']';
            } catch (IllegalArgumentException e) {
                data = "null";
            }
        }
        return new Incoming.Answer("\"a" + id + '"', data, packet.data());
    }

    private static Incoming malformed(String text) {
        String begin = text.length() > QUOTED ? text.substring(0, QUOTED) : text;
        return new Incoming.Malformed("null", "this is no packet: " + begin, text);
    }

    /** Whether clients may send events of this name. */
    static boolean allows(String event) {
        return NAME.matcher(event).matches() && !RESERVED.contains(event);
    }

    // ---- to the client

    @Override
    public String encode(Outgoing message) {
        if (message instanceof Outgoing.Event event) {
            return event(event);
        } else if (message instanceof Outgoing.Reply reply) {
            return reply(reply);
        } else if (message instanceof Outgoing.Failure failure) {
            return failure(failure);
        } else if (message instanceof Outgoing.Left left) {
            return OldPacket.write(OldPacket.DISCONNECT, "", left.channel(), "");
        }
        return NOTHING;
    }

    private static String event(Outgoing.Event event) {
        String id = event.id() == null ? "" : event.id().substring(2, event.id().length() - 1) + '+';
        if (event.event().equals("message") && one(event).startsWith("\"")) {
            return OldPacket.write(OldPacket.MESSAGE, id, event.channel(), JsonParts.unquote(one(event)));
        } else if (event.event().equals("message") || event.event().equals("json")) {
            return OldPacket.write(OldPacket.JSON, id, event.channel(), one(event));
        }
        String args = event.spread() ? event.data() : '[' + event.data() + ']';
        return OldPacket.write(OldPacket.EVENT, id, event.channel(), event(event.event(), args));
    }

    /** Of several values the only one: these packets know no others. */
    private static String one(Outgoing.Event event) {
        List<String> values = event.spread() ? JsonParts.array(event.data()) : List.of();
        return values.size() == 1 ? values.get(0) : event.data();
    }

    private static String event(String name, String args) {
        String some = args.equals("[]") ? "" : ",\"args\":" + args;
        return "{\"name\":" + JsonParts.quote(name) + some + '}';
    }

    private static String reply(Outgoing.Reply reply) {
        if (reply.to() instanceof Incoming.Join join && !join.channel().isEmpty()) {
            return OldPacket.write(OldPacket.CONNECT, "", join.channel(), "");
        } else if (reply.to() instanceof Incoming.Envelope envelope
                && envelope.event().isEmpty()) {
            return OldPacket.write(OldPacket.ACK, "", envelope.channel(), envelope.id()); // it came, no more
        } else if (reply.to() instanceof Incoming.Envelope envelope) {
            String data = reply.data() == null ? "[null]" : reply.spread() ? reply.data() : '[' + reply.data() + ']';
            return OldPacket.write(OldPacket.ACK, "", envelope.channel(), envelope.id() + '+' + data);
        }
        return NOTHING;
    }

    /** Who may not come in gets packet 7; any other "no" is an event called error. */
    private static String failure(Outgoing.Failure failure) {
        String channel = failure.to() instanceof Incoming.Envelope envelope
                ? envelope.channel()
                : failure.to() instanceof Incoming.Join join ? join.channel() : "";
        boolean unknown = failure.error().equals("no_such_namespace");
        if (failure.to() instanceof Incoming.Join && !unknown) {
            return OldPacket.write(OldPacket.ERROR, "", channel, "2");
        }
        String args = '[' + JsonParts.quote(failure.error()) + ',' + JsonParts.quote(failure.reason()) + ']';
        return OldPacket.write(OldPacket.EVENT, "", channel, event("error", args));
    }
}
