package org.pocketsocket;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
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

    /**
     * Sends an event as {@link #send} does, but whoever does not take it at once does not get it: for what is worth nothing
     * a moment later. For members whose connection has something waiting already, it is dropped.
     */
    void sendVolatile(String event, @Nullable Object data);

    /**
     * Sends an event of which only the latest matters: while it waits for a slow member, the next one with the same key
     * replaces it.
     *
     * @param key what the event is about, a ship's name say; the event's name is part of it anyway
     */
    void sendLatest(String event, String key, @Nullable Object data);

    /**
     * Asks everyone in this audience.
     *
     * @return completed when all have answered or the time is over, never exceptionally
     */
    <T> CompletionStage<Answers<T>> askAll(String event, @Nullable Object data, Class<T> type, Duration timeout);

    /**
     * What came back.
     *
     * @param answers by member
     * @param missing who said no, went away, or did not answer in time
     */
    record Answers<T>(Map<Member, T> answers, Set<Member> missing) {}
}
