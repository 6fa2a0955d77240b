package org.pocketsocket.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the server sends. Payloads are JSON text. */
public sealed interface Outgoing {

    /**
     * An event of a channel.
     *
     * @param id as JSON; if there is one, an answer is wanted
     */
    record Event(@Nullable String id, String channel, String event, String data) implements Outgoing {}

    /** The answer to a message: it was taken, and {@code data} is what its handler returned, if anything. */
    record Reply(Incoming to, @Nullable String data, Instant at) implements Outgoing {}

    /** The answer to a message that was not. {@code id} is the message's, as JSON. */
    record Failure(String id, int code, String error, String reason) implements Outgoing {}

    /** A text passed on letter by letter. */
    record Verbatim(String text) implements Outgoing {}

    /** The peer's token expires in so many seconds: it may show a new one. */
    record Expiring(long seconds) implements Outgoing {}

    /** Another client came or went. */
    record Announcement(String address, int port, boolean connected) implements Outgoing {}
}
