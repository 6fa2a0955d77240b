package org.pocketsocket.hub;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.security.Token;
import org.pocketsocket.security.Token.Scope;

/** The token that a peer has shown last. Thread-safe. */
final class Pass {

    private static final double SHOWN_PER_SECOND = 1;
    private static final int SHOWN_AT_ONCE = 10;

    private @Nullable Token token;
    private @Nullable Bucket bucket;

    /** Whether another may be looked at: signatures are not for nothing. */
    synchronized boolean mayShow(long now) {
        bucket = bucket == null ? new Bucket(SHOWN_PER_SECOND, SHOWN_AT_ONCE, now) : bucket;
        return bucket.take(now);
    }

    /** It counts instead of the one before. */
    synchronized void put(Token shown) {
        token = shown;
    }

    synchronized @Nullable Token token() {
        return token;
    }

    /** Whether it is still this very one. */
    @SuppressWarnings("ReferenceEquality") // an equal one that was shown later counts anew
    synchronized boolean isStill(Token other) {
        return token == other;
    }

    /** Its name; empty without one. */
    synchronized String id() {
        return token == null ? "" : token.id();
    }

    synchronized Scope scope() {
        return token == null ? Scope.ALL : token.scope();
    }
}
