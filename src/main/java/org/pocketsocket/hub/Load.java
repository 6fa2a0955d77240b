package org.pocketsocket.hub;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * A parcel as it waits in outboxes; the same for all of them.
 *
 * @param key what a later load must have, too, to replace this one; null: nothing replaces it
 */
record Load(Parcel parcel, Policy policy, @Nullable String key) {

    static Load of(Parcel parcel) {
        return new Load(parcel, Policy.CLOSE, null);
    }

    boolean replaces(Load older) {
        return key != null && key.equals(older.key);
    }

    int bytes() {
        return parcel.bytes();
    }
}
