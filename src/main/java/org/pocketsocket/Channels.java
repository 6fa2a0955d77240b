package org.pocketsocket;

/** The way into every channel, injectable anywhere: {@code @Inject Channels channels}. Thread-safe. */
public interface Channels {

    /**
     * The channel of this name.
     *
     * @throws IllegalArgumentException when no bean serves such a channel
     */
    ChannelRef of(String name);

    /**
     * A user on all devices, whatever channels they are in. The event's name has the channel in it: {@code
     * channels.user("ada").send("chat.invited", room)}.
     */
    Audience user(String name);

    /** Ends all connections of a user with close code 4001 and this reason: they do not come back by themselves. */
    void kick(String user, String reason);

    /**
     * Lets an object serve channels of this name or pattern from now on, as a bean with {@link Channel} would: for plug-ins.
     * The result ends that, and the memberships.
     *
     * @throws IllegalArgumentException when the name is taken, or the object's annotations have a mistake
     */
    AutoCloseable register(String pattern, Object channel);
}
