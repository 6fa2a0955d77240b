package org.pocketsocket;

import java.util.Collection;

/** A channel to send to, from anywhere: a handler, a REST resource, a timer. Thread-safe. */
public interface ChannelRef extends Audience {

    /** The channel's full name. */
    String name();

    /** Who is in the channel right now: a snapshot. */
    Collection<Member> members();

    /** All members but these. */
    Audience except(Member... members);
}
