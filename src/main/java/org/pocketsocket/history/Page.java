package org.pocketsocket.history;

import java.util.List;

/**
 * What was read.
 *
 * @param end where the stream ends now
 * @param whole whether the place it was to begin at is known, and nothing is missing between it and the first event
 * @param more whether there are more, beyond the limit
 */
public record Page(Place end, boolean whole, boolean more, List<Kept> events) {

    /** Whether it has all that comes behind the place. */
    public boolean isAll() {
        return whole && !more;
    }

    /** Without what was not for the peer of this id. */
    public Page without(String peer) {
        boolean none = events.stream().noneMatch(event -> event.except().contains(peer));
        return none
                ? this
                : new Page(
                        end,
                        whole,
                        more,
                        events.stream()
                                .filter(event -> !event.except().contains(peer))
                                .toList());
    }
}
