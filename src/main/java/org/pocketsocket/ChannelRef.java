package org.pocketsocket;

/** A channel to send to, from anywhere: a handler, a REST resource, a timer. Thread-safe. */
public interface ChannelRef extends Room {

    /**
     * What stands in the channel's name for a variable of its pattern: with {@code @Channel("game/{id}")}, in
     * {@code game/42}, {@code variable("id")} is {@code 42}.
     *
     * @throws IllegalArgumentException when the pattern has no such variable
     */
    String variable(String name);

    /** A room of this channel. Nobody need be in it. */
    Room room(String name);

    /** Those members who are this user, on all devices. */
    Audience user(String name);
}
