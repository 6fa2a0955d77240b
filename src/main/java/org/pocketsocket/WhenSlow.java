package org.pocketsocket;

/**
 * What becomes of a channel's events for a member that takes them more slowly than they come. The limits are
 * {@code pocket.limits.outbox} bytes waiting for one peer, and {@code pocket.limits.age} without it taking any.
 */
public enum WhenSlow {

    /** At the limit the peer is put out with close code 4008, so that it comes back and recovers. Nothing is lost unseen. */
    CLOSE,

    /** At the limit the oldest of this channel's waiting events make room. For streams where old news is no news. */
    DROP_OLDEST,

    /** An event that has not left yet is replaced by the next one of the same name. For states: a price, a position. */
    KEEP_LATEST
}
