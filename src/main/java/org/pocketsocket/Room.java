package org.pocketsocket;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A named set of members of one channel. It exists while somebody is in it. Thread-safe. */
public interface Room extends Audience {

    /** The room's name; of a {@link ChannelRef}, the channel's. */
    String name();

    /** Who is in it right now: a snapshot. */
    Collection<Member> members();

    /** How many are in it right now: costs nothing, however many these are. */
    int count();

    /**
     * Sends an event as {@link #send} does, unless one was sent to this room or channel with the same key lately ({@code
     * pocket.history.once}): for who cannot know whether its first try had come through. In a transaction that is decided at
     * the commit.
     *
     * @param key 1 to {@code pocket.limits.name} characters
     * @return false when it is not sent, because that has been done
     */
    boolean sendOnce(String key, String event, @Nullable Object data);

    /** All in it but these. */
    Audience except(Member... members);

    /**
     * Runs a job in the background, on a thread of the container's where there is one. It is interrupted when the room or
     * channel becomes empty, and when the application stops. Where nobody is in a room, or a pattern's channel, it is
     * cancelled at once.
     *
     * @throws Rejection 4429 when {@code pocket.limits.jobs} run for it already
     */
    Future<?> spawn(Runnable job);

    /** The same again and again, each time that long after the last began; a turn that is late is left out. */
    Future<?> every(Duration period, Runnable job);

    /** Interrupts all jobs of the room or channel. */
    void killJobs();
}
