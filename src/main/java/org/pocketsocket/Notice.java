package org.pocketsocket;

/**
 * What happened here, as CDI events to observe: {@code void seen(@Observes Notice.Joined joined)}. On this node only. They
 * are fired in the order they happen for one peer, on threads that deliver nothing; an observer may take its time.
 */
public sealed interface Notice {

    /** A peer has connected. */
    record Connected(String peer, Handshake handshake) implements Notice {}

    /** A peer is gone, after its memberships have ended. */
    record Disconnected(String peer, Handshake handshake) implements Notice {}

    record Joined(ChannelRef channel, Member member) implements Notice {}

    record Left(ChannelRef channel, Member member, OnLeave.Reason reason) implements Notice {}

    /** A channel has its first member. */
    record Occupied(ChannelRef channel) implements Notice {}

    /** A channel's last member has left. */
    record Vacated(ChannelRef channel) implements Notice {}

    /** A peer was put out because it read too slowly. */
    record SlowConsumer(Handshake handshake) implements Notice {}
}
