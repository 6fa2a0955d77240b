package org.pocketsocket.security;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where keys are found. Thread-safe. */
@FunctionalInterface
interface Keys {

    /**
     * The keys that may have signed a token.
     *
     * @param id what it calls its key; null when it does not say
     */
    List<Trusted> find(@Nullable String id);

    /** These, whatever a token calls its key, unless they have a name themselves. */
    static Keys fixed(List<Trusted> keys) {
        return id -> keys.stream()
                .filter(key -> key.id() == null || key.id().equals(id))
                .toList();
    }

    default Keys and(Keys others) {
        return id -> Stream.concat(find(id).stream(), others.find(id).stream()).toList();
    }
}
