package org.pocketsocket;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A peer in a channel. Sending to it uses the channel's order: what is sent to the channel before, it gets before.
 * Thread-safe; two members are equal when they are the same peer in the same channel.
 */
public interface Member extends Audience {

    /**
     * The peer's id: 128 random bits, the same in all its channels. Where {@link Channel#presence} is on, other members see
     * it: it tells peers apart, and opens nothing.
     */
    String id();

    /** Who it is. */
    Identity identity();

    /** Says who it is from now on, in all its channels: after a login of the application's own. */
    void identify(Identity identity);

    /** What its client said when it connected. */
    Handshake handshake();

    /**
     * Shows the other members something of this one, in the presence ({@link Channel#presence}); its client can do the same.
     *
     * @param state what JSON-B can write, at most {@code pocket.presence.state} characters of JSON
     */
    void present(@Nullable Object state);

    /** What it may do in this channel. */
    Access access();

    /** Enters a room of this channel; nothing happens when it is in it. Refused when it is in too many. */
    void join(String room);

    /** Leaves a room of this channel; nothing happens when it is not in it. */
    void leave(String room);

    /** The rooms it is in: a snapshot. */
    Set<String> rooms();

    /** Ends the membership: {@link OnLeave} is called, the peer stays connected. */
    void leave();

    /** What its connection runs over at this moment, in a word: {@code direct}, {@code websocket}, {@code socketio-polling}. */
    String transport();

    /** Ends the peer's connection as a network might, with close code 4005: its client comes back. */
    void drop();

    /** Ends the peer's connection with close code 4001 and this reason: it does not come back by itself. */
    void kick(String reason);

    /**
     * Sends an event, and asks for its acknowledgement: at most {@code pocket.limits.asks} at a time.
     *
     * @param type what the acknowledgement is bound to
     * @return completed exceptionally with {@link Rejection} when the peer says no (its code), is gone (4410), or does not
     *     answer in time (4408)
     */
    <T> CompletionStage<T> ask(String event, @Nullable Object data, Class<T> type);

    /** The same with a time of its own, and any type. */
    CompletionStage<@Nullable Object> ask(String event, @Nullable Object data, Type type, Duration timeout);

    /** This membership's object of this type, made at the first call; forgotten when it ends. */
    <T> T state(Class<T> type, Supplier<T> initial);

    /** The peer's object of this type, the same in all its channels; forgotten when its connection ends. */
    <T> T session(Class<T> type, Supplier<T> initial);

    /** Runs a job in the background; interrupted when the membership ends. See {@link Room#spawn}. */
    Future<?> spawn(Runnable job);

    /** The same again and again. See {@link Room#every}. */
    Future<?> every(Duration period, Runnable job);

    /** Interrupts all jobs of this member. */
    void killJobs();
}
