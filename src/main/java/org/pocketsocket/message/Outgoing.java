package org.pocketsocket.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the server sends. Payloads are JSON text. */
public sealed interface Outgoing {

    /**
     * An event of a channel.
     *
     * @param id as JSON; if there is one, an answer is wanted
     * @param spread {@code data} is an array of several values, see {@link Incoming.Envelope}
     * @param spot where it stands, if its history is kept
     */
    record Event(
            @Nullable String id,
            String channel,
            String event,
            String data,
            boolean spread,
            @Nullable Spot spot) implements Outgoing {

        /** One value, not kept. */
        public Event(@Nullable String id, String channel, String event, String data) {
            this(id, channel, event, data, false, null);
        }
    }

    /**
     * A place in the history of a channel or of one of its rooms.
     *
     * @param room empty for the channel itself
     */
    record Spot(String room, long offset) {}

    /**
     * The answer to a message: it was taken, and {@code data} is what its handler returned, if anything.
     *
     * @param spread {@code data} is an array of several values
     * @param history with the answer to a join: what is kept, an object by room
     */
    record Reply(
            Incoming to,
            @Nullable String data,
            boolean spread,
            Instant at,
            @Nullable String history) implements Outgoing {

        public Reply(Incoming to, @Nullable String data, Instant at) {
            this(to, data, false, at, null);
        }
    }

    /** The answer to a message that was not. */
    record Failure(Incoming to, int code, String error, String reason) implements Outgoing {

        /** What is wrong with none of the peer's messages. */
        public static Failure of(int code, String error, String reason) {
            return new Failure(new Incoming.Malformed("null", reason, ""), code, error, reason);
        }

        /** What the peer knows its message by, as JSON; a text that is no object has nothing to be recognised by. */
        public String id() {
            return to instanceof Incoming.Plain plain && !plain.object() ? "null" : to.id();
        }
    }

    /** The peer is no longer in the channel, by the server's will. */
    record Left(String channel) implements Outgoing {}

    /** A text passed on letter by letter. */
    record Verbatim(String text) implements Outgoing {}

    /** The peer's token expires in so many seconds: it may show a new one. */
    record Expiring(long seconds) implements Outgoing {}

    /**
     * Members of a channel, or of a room of it, have changed.
     *
     * @param room empty for the channel itself
     * @param change {@code join}, {@code leave}, {@code update}, or {@code count} when they are too many to be told of
     * @param member who it is about, an object; null with {@code count}
     * @param count how many there are now
     */
    record Presence(
            String channel,
            String room,
            String change,
            @Nullable String member,
            int count) implements Outgoing {}

    /** Another client came or went. */
    record Announcement(String address, int port, boolean connected) implements Outgoing {}
}
