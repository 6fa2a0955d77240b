package org.pocketsocket;

/** The way into every channel, injectable anywhere: {@code @Inject Channels channels}. Thread-safe. */
public interface Channels {

    /**
     * The channel of this name.
     *
     * @throws IllegalArgumentException when no bean serves such a channel
     */
    ChannelRef of(String name);
}
