package org.pocketsocket.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Identity;
import org.pocketsocket.Rejection;
import org.pocketsocket.security.Token.Scope;
import org.pocketsocket.settings.Settings;

/** What a token that was signed must say (RFC 7519, 4.1), and what we read from it. */
final class Claims {

    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Settings.Tokens settings;
    private final Revocations revoked;
    private final InstantSource clock;

    Claims(Settings.Tokens settings, Revocations revoked, InstantSource clock) {
        this.settings = settings;
        this.revoked = revoked;
        this.clock = clock;
    }

    Token read(JwtClaims claims) throws MalformedClaimException {
        Instant now = clock.instant();
        Instant expires = time(claims.getExpirationTime())
                .orElseThrow(() -> Tokens.invalid("the token says nothing about when it expires"));
        requireTime(now, expires, time(claims.getNotBefore()));
        requireMeantForUs(claims);
        String id = Objects.requireNonNullElse(claims.getJwtId(), "");
        String name = Objects.requireNonNullElse(claims.getSubject(), "");
        if (revoked.has(id, name, time(claims.getIssuedAt()).orElse(Instant.MIN))) {
            throw Tokens.invalid("the token was revoked");
        }
        Duration left = Duration.between(now, expires);
        return new Token(
                new Identity(name, roles(claims)), id, left.compareTo(LONGEST) > 0 ? LONGEST : left, scope(claims));
    }

    private void requireTime(Instant now, Instant expires, Optional<Instant> from) {
        if (!now.minus(settings.leeway()).isBefore(expires)) {
            throw new Rejection(4401, "token_expired", "the token has expired");
        } else if (from.isPresent() && now.plus(settings.leeway()).isBefore(from.get())) {
            throw Tokens.invalid("the token is not valid yet");
        }
    }

    private void requireMeantForUs(JwtClaims claims) throws MalformedClaimException {
        if (!settings.issuer().isEmpty() && !settings.issuer().equals(claims.getIssuer())) {
            throw Tokens.invalid("the token is of another issuer");
        } else if (settings.audience().isEmpty() ? claims.hasAudience() : !claims.hasAudience()) {
            throw Tokens.invalid("the token is not for this audience");
        } else if (claims.hasAudience() && !claims.getAudience().contains(settings.audience())) {
            throw Tokens.invalid("the token is not for this audience");
        }
    }

    /** Times far from ours have no {@link Instant}. */
    private static Optional<Instant> time(@Nullable NumericDate date) {
        if (date == null) {
            return Optional.empty();
        }
        long seconds = date.getValue();
        return Optional.of(Instant.ofEpochSecond(Math.max(0, Math.min(seconds, Instant.MAX.getEpochSecond() / 2))));
    }

    /** What the administrator's page alone may have, no token gives. */
    private Set<String> roles(JwtClaims claims) {
        return words(claim(claims.getClaimsMap())).stream()
                .filter(role -> !role.equals(AdminPass.ROLE))
                .collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable Object claim(Map<String, Object> claims) {
        Object at = claims.get(settings.roles()); // a name may have dots itself
        if (at != null) {
            return at;
        }
        at = claims;
        for (String step : settings.roles().split("\\.", -1)) {
            at = at instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return at;
    }

    private static Scope scope(JwtClaims claims) {
        return claims.getClaimsMap().containsKey("channels")
                ? Scope.of(words(claims.getClaimValue("channels")))
                : Scope.ALL;
    }

    /** A list's texts, or a text's words. */
    private static List<String> words(@Nullable Object value) {
        if (value instanceof String text) {
            return Arrays.stream(text.split("\\s+", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
