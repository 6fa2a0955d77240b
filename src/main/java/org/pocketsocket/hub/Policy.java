package org.pocketsocket.hub;

import org.pocketsocket.WhenSlow;

/** What becomes of a load for whom it cannot leave at once. */
enum Policy {
    CLOSE,
    DROP_OLDEST,
    KEEP_LATEST,

    /** It is not kept at all. */
    VOLATILE;

    static Policy of(WhenSlow whenSlow) {
        return valueOf(whenSlow.name());
    }
}
