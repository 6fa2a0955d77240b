package org.pocketsocket.admin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.admin.Attempts.Answer;
import org.pocketsocket.security.Bearer;
import org.pocketsocket.security.Revocations;
import org.pocketsocket.security.Seal;
import org.pocketsocket.security.Seal.Opened;
import org.pocketsocket.settings.Secret;
import org.pocketsocket.settings.Settings;

/**
 * Who knows the administrator's secret. A browser signs in once and has a cookie from then on: sealed, for these paths
 * only, hidden from scripts, and never sent along by other sites' pages. Programs show the secret each time, as HTTP's
 * basic password or as a bearer token.
 */
final class SignIn {

    static final String COOKIE = "pocket-admin";

    private static final String BASIC = "basic ";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secret secret;
    private final Duration lasts;
    private final Seal seal;
    private final Attempts attempts;
    private final Revocations revoked;
    private final InstantSource clock;

    SignIn(Settings.Admin settings, Revocations revoked, InstantSource clock, Attempts attempts) {
        this.secret = settings.secret();
        this.lasts = settings.session();
        this.seal = new Seal(secret, "cookie");
        this.revoked = revoked;
        this.clock = clock;
        this.attempts = attempts;
    }

    /** Whether this is the secret. Compared in constant time; who tries too often is not even listened to. */
    Answer ask(String address, String guess) {
        return attempts.guess(address, () -> secret.is(guess));
    }

    /** The session that a request belongs to; one of no length for programs that show the secret. */
    Optional<Opened> session(HttpServletRequest request) {
        Optional<Opened> known = cookie(request)
                .flatMap(value -> seal.open(value, clock.instant()))
                .filter(session -> !revoked.hasToken(session.text()));
        return known.or(() -> shown(request.getHeader("Authorization"))
                .filter(guess -> ask(request.getRemoteAddr(), guess) == Answer.YES)
                .map(guess -> new Opened("program", clock.instant().plus(lasts))));
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        for (Cookie cookie : request.getCookies() == null ? new Cookie[0] : request.getCookies()) {
            if (cookie.getName().equals(COOKIE)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> shown(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Bearer.token(header);
        }
        try {
            byte[] pair =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void enter(HttpServletRequest request, HttpServletResponse response) {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        Instant until = clock.instant().plus(lasts);
        cookie(request, response, seal.close(HexFormat.of().formatHex(bits), until), lasts.toSeconds());
    }

    /** The cookie is taken away, and would not be good any more. The session's name. */
    Optional<String> leave(HttpServletRequest request, HttpServletResponse response) {
        cookie(request, response, "", 0);
        Optional<String> session = cookie(request)
                .flatMap(value -> seal.open(value, clock.instant()))
                .map(Opened::text);
        session.ifPresent(revoked::token);
        return session;
    }

    private static void cookie(HttpServletRequest request, HttpServletResponse response, String value, long seconds) {
        boolean encrypted = request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        response.addHeader(
                "Set-Cookie",
                COOKIE + '=' + value + "; Path=" + request.getContextPath() + "/admin; Max-Age=" + seconds
                        + "; HttpOnly; SameSite=Strict" + (encrypted ? "; Secure" : ""));
    }

    /** Whether a page of ours sent it: browsers say where a form or a script comes from. */
    static boolean isFromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        if (origin != null) {
            return origin.equals("http://" + host) || origin.equals("https://" + host);
        }
        return site == null || site.equals("same-origin");
    }
}
