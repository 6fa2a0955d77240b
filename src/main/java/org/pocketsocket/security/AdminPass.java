package org.pocketsocket.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.pocketsocket.Identity;
import org.pocketsocket.settings.Secret;

/**
 * What lets the connection of the administrator's page in: short-lived, for one channel and one role, sealed with a key
 * made of {@code pocket.admin.secret}. All other tokens are somebody else's.
 */
public final class AdminPass implements Authenticator {

    /** The channel that the page is a client of. */
    public static final String CHANNEL = "$admin";

    /** What that channel asks for; no token of others gives it. */
    public static final String ROLE = "pocket.admin";

    private static final String MARK = "pocket-admin.";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Seal seal;
    private final Revocations revoked;
    private final InstantSource clock;
    private final Authenticator others;

    public AdminPass(Secret secret, Revocations revoked, InstantSource clock, Authenticator others) {
        this.seal = new Seal(secret, "pass");
        this.revoked = revoked;
        this.clock = clock;
        this.others = others;
    }

    /** A pass for somebody who is signed in; it ends with that session at the latest. */
    public String issue(String session, Instant end) {
        Instant until = clock.instant().plus(LIFETIME);
        return MARK + seal.close(session, until.isBefore(end) ? until : end);
    }

    @Override
    public Token authenticate(String token) {
        if (!token.startsWith(MARK)) {
            return others.authenticate(token);
        }
        Instant now = clock.instant();
        Optional<Seal.Opened> pass = seal.open(token.substring(MARK.length()), now);
        String session = pass.map(Seal.Opened::text).orElseThrow(() -> Tokens.invalid("the pass is not valid"));
        if (revoked.has(session, "", Instant.MIN)) {
            throw Tokens.invalid("you signed out");
        }
        return new Token(
                Identity.of(CHANNEL, ROLE),
                session,
                Duration.between(now, pass.orElseThrow().until()),
                Token.Scope.of(List.of(CHANNEL)));
    }
}
