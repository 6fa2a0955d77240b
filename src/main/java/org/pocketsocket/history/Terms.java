package org.pocketsocket.history;

import java.time.Duration;

/**
 * How much of a stream is kept.
 *
 * @param size events at most
 * @param ttl how long each is kept
 */
public record Terms(int size, Duration ttl) {

    /** With the others' size or time where this one's is 0. */
    public Terms or(Terms others) {
        return size > 0 && !ttl.isZero()
                ? this
                : new Terms(size > 0 ? size : others.size, ttl.isZero() ? others.ttl : ttl);
    }
}
