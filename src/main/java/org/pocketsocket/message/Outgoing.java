package org.pocketsocket.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the server sends. Payloads are JSON text. */
public sealed interface Outgoing {

    /**
     * An event of a channel.
     *
     * @param id as JSON; if there is one, an answer is wanted
     * @param spot where it stands, if its history is kept
     */
    record Event(
            @Nullable String id,
            String channel,
            String event,
            String data,
            @Nullable Spot spot) implements Outgoing {

        /** One that is not kept. */
        public Event(@Nullable String id, String channel, String event, String data) {
            this(id, channel, event, data, null);
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
     * @param history with the answer to a join: what is kept, an object by room
     */
    record Reply(
            Incoming to,
            @Nullable String data,
            Instant at,
            @Nullable String history) implements Outgoing {

        public Reply(Incoming to, @Nullable String data, Instant at) {
            this(to, data, at, null);
        }
    }

    /** The answer to a message that was not. {@code id} is the message's, as JSON. */
    record Failure(String id, int code, String error, String reason) implements Outgoing {}

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
