package org.pocketsocket;

import org.jspecify.annotations.Nullable;

/** Somebody to send to: one member, all of a channel, all but some. Every method may be called from any thread. */
public interface Audience {

    /**
     * Sends an event to all who belong to this audience when it is delivered. Returns at once; the payload is read
     * before it returns. All members of a channel see the channel's events in the same order.
     *
     * @param data what JSON-B can write, at most {@code pocket.limits.publication} characters of JSON; null is sent as {@code null}
     * @throws IllegalArgumentException when the event's name is empty or too long, or the payload cannot be written
     */
    void send(String event, @Nullable Object data);
}
