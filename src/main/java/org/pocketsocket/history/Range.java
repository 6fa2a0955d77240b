package org.pocketsocket.history;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to read.
 *
 * @param since what comes behind it, or before it when read backwards; null: the latest
 * @param reverse the newest first
 * @param limit events at most
 * @param size characters of events and their data at most
 */
public record Range(@Nullable Place since, boolean reverse, int limit, int size) {

    /** All that comes behind a place. */
    public static Range behind(Place since, int limit, int size) {
        return new Range(since, false, limit, size);
    }

    /** The latest, the newest last. */
    public static Range latest(int limit, int size) {
        return new Range(null, false, limit, size);
    }
}
