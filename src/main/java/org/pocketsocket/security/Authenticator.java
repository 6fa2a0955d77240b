package org.pocketsocket.security;

import org.pocketsocket.Rejection;

/**
 * Says whose token this is. Every edge and every dialect asks here: what came in a header, in a first message, or in
 * Socket.IO's {@code auth}. Thread-safe; may wait for keys that are fetched, no longer than {@code pocket.tokens.fetch}.
 */
@FunctionalInterface
public interface Authenticator {

    /** Where no token is known. */
    Authenticator NONE = token -> {
        throw new Rejection(4401, "token_invalid", "this server takes no tokens");
    };

    /**
     * Reads a token, and checks who signed it, for whom, and for how long.
     *
     * @throws Rejection 4401 {@code token_expired} when a new one will do, else {@code token_invalid} with the reason
     */
    Token authenticate(String token);
}
