package org.pocketsocket.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and users that were called back before their time: as many as {@code pocket.tokens.revoked}, each for
 * {@code pocket.tokens.revocation}. On this node, and until it ends. Thread-safe.
 */
public final class Revocations {

    private final int most;
    private final Duration kept;
    private final InstantSource clock;
    private final Map<String, Instant> tokens = new LinkedHashMap<>();
    private final Map<String, Instant> users = new LinkedHashMap<>();

    public Revocations(int most, Duration kept, InstantSource clock) {
        this.most = most;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * No token of this name ({@code jti}) is taken any more.
     *
     * @throws IllegalStateException when as many are revoked as may be: none is ever forgotten for another
     */
    public void token(String id) {
        put(tokens, id);
    }

    /**
     * No token about this user is taken that was made until now.
     *
     * @throws IllegalStateException when as many are revoked as may be
     */
    public void user(String name) {
        put(users, name);
    }

    private synchronized void put(Map<String, Instant> revoked, String name) {
        Instant now = clock.instant();
        tokens.values().removeIf(at -> at.plus(kept).isBefore(now));
        users.values().removeIf(at -> at.plus(kept).isBefore(now));
        if (tokens.size() + users.size() >= most && !revoked.containsKey(name)) {
            throw new IllegalStateException("as many are revoked as pocket.tokens.revoked says: " + most);
        }
        revoked.put(name, now);
    }

    /** Whether a token, or a session, of this name was called back. */
    public synchronized boolean hasToken(String id) {
        return isLive(tokens.get(id));
    }

    /** @param made in whole seconds; {@link Instant#MIN} when the token does not say */
    synchronized boolean has(String id, String user, Instant made) {
        Instant userSince = users.get(user);
        return isLive(tokens.get(id)) || (isLive(userSince) && !made.isAfter(userSince));
    }

    private boolean isLive(@Nullable Instant at) {
        return at != null && !at.plus(kept).isBefore(clock.instant());
    }
}
