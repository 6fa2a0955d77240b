package org.pocketsocket.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The pocket dialect: one JSON text per message, as docs/protocol.md has it. */
public final class PocketCodec implements Codec {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.").withZone(ZoneOffset.UTC);

    private final WireLimits limits;
    private volatile Stamp stamp = Stamp.of(0);

    public PocketCodec(WireLimits limits) {
        this.limits = limits;
    }

    @Override
    public Incoming decode(String text) {
        return new EnvelopeReader(text, limits).read();
    }

    @Override
    public String encode(Outgoing message) {
        if (message instanceof Outgoing.Event event) {
            return event(event);
        } else if (message instanceof Outgoing.Reply reply) {
            return receipt(reply);
        } else if (message instanceof Outgoing.Failure failure) {
            return failure(failure);
        } else if (message instanceof Outgoing.Announcement announcement) {
            return announcement(announcement);
        } else if (message instanceof Outgoing.Presence presence) {
            return presence(presence);
        } else if (message instanceof Outgoing.Expiring expiring) {
            return "{\"socket\":\"token\",\"seconds\":" + expiring.seconds() + '}';
        } else if (message instanceof Outgoing.Left left) {
            return JsonText.quote(new StringBuilder("{\"socket\":\"left\",\"channel\":"), left.channel())
                    .append('}')
                    .toString();
        }
        return ((Outgoing.Verbatim) message).text();
    }

    private static String event(Outgoing.Event event) {
        StringBuilder json = new StringBuilder(event.data().length() + 64).append('{');
        if (event.id() != null) {
            json.append("\"id\":").append(event.id()).append(',');
        }
        JsonText.quote(json.append("\"message\":"), event.channel() + '.' + event.event());
        if (event.spot() != null) {
            room(json, event.spot().room());
            json.append(",\"offset\":").append(event.spot().offset());
        }
        return json.append(",\"data\":").append(event.data()).append('}').toString();
    }

    private static void room(StringBuilder json, String room) {
        if (!room.isEmpty()) {
            JsonText.quote(json.append(",\"room\":"), room);
        }
    }

    private static String presence(Outgoing.Presence presence) {
        StringBuilder json = new StringBuilder(160).append("{\"socket\":\"presence\",\"channel\":");
        room(JsonText.quote(json, presence.channel()), presence.room());
        JsonText.quote(json.append(",\"change\":"), presence.change());
        if (presence.member() != null) {
            json.append(",\"member\":").append(presence.member());
        }
        return json.append(",\"count\":").append(presence.count()).append('}').toString();
    }

    private String receipt(Outgoing.Reply reply) {
        Incoming to = reply.to();
        boolean object = !(to instanceof Incoming.Plain plain) || plain.object();
        int data = reply.data() == null ? 0 : reply.data().length();
        StringBuilder json = new StringBuilder(128 + data)
                .append("{\"socket\":\"sent\",\"attr\":\"")
                .append(object ? "json" : "string")
                .append("\",\"messageId\":")
                .append(to.id())
                .append(",\"time\":\"");
        time(json, reply.at()).append('"');
        if (reply.data() != null) {
            json.append(",\"data\":").append(reply.data());
        }
        if (reply.history() != null) {
            json.append(",\"history\":").append(reply.history());
        }
        return json.append('}').toString();
    }

    private static String failure(Outgoing.Failure failure) {
        StringBuilder json = new StringBuilder(160)
                .append("{\"socket\":\"error\",\"messageId\":")
                .append(failure.id())
                .append(",\"code\":")
                .append(failure.code())
                .append(",\"error\":");
        JsonText.quote(json, failure.error()).append(",\"reason\":");
        return JsonText.quote(json, failure.reason()).append('}').toString();
    }

    private static String announcement(Outgoing.Announcement who) {
        StringBuilder json = JsonText.quote(new StringBuilder("{\"address\":"), who.address());
        json.append(",\"port\":").append(who.port()).append(",\"socket\":\"");
        return json.append(who.connected() ? "connected" : "disconnected")
                .append("\"}")
                .toString();
    }

    /** Writes a time, and remembers the second's text: receipts come in bursts. */
    private StringBuilder time(StringBuilder json, Instant at) {
        Stamp last = stamp;
        if (last.second != at.getEpochSecond()) {
            last = Stamp.of(at.getEpochSecond());
            stamp = last;
        }
        int micros = at.getNano() / 1000;
        return json.append(last.text).append(Integer.toString(1_000_000 + micros), 1, 7);
    }

    private record Stamp(long second, String text) {

        static Stamp of(long second) {
            return new Stamp(second, TIME.format(Instant.ofEpochSecond(second)));
        }
    }
}
