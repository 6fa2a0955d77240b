package org.pocketsocket.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} header of RFC 6750. */
public final class Bearer {

    private static final String SCHEME = "bearer ";

    private Bearer() {}

    /** The token in it; empty when there is no header, or it is of another scheme. */
    public static Optional<String> token(@Nullable String header) {
        return Optional.ofNullable(header)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
