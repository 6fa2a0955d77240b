package org.pocketsocket;

/**
 * A peer in a channel. Sending to it uses the channel's order: what is sent to the channel before, it gets before.
 * Thread-safe; two members are equal when they are the same peer in the same channel.
 */
public interface Member extends Audience {

    /** The peer's id: 128 random bits, the same in all its channels, never sent to other peers by the server. */
    String id();

    /** The peer's network address as the server sees it, without a port. */
    String address();

    /** Ends the membership: {@link OnLeave} is called, the peer stays connected. */
    void leave();
}
