package org.pocketsocket.security;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.pocketsocket.Rejection;
import org.pocketsocket.settings.Settings;

/**
 * JSON Web Tokens (RFC 7519), signed (RFC 7515) with HS256, RS256, ES256 or EdDSA. Which of them a token may be signed
 * with follows from the key alone. Of a token's header only the key's name is looked at: keys, certificates and addresses
 * in it are not. What a token has in it is never logged.
 */
public final class Tokens implements Authenticator {

    /** Header, claims, signature; an encrypted one has five parts. */
    private static final Pattern SIGNED = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final int longest;
    private final Keys keys;
    private final Claims claims;

    Tokens(Settings.Tokens settings, Keys keys, Claims claims) {
        this.longest = settings.size();
        this.keys = keys;
        this.claims = claims;
    }

    /**
     * Those that are signed by whom the settings name; none, where they name nobody.
     *
     * @param ticks nanoseconds, for how old fetched keys are
     * @throws IllegalArgumentException when a key cannot be read
     */
    public static Authenticator of(
            Settings.Tokens settings, Revocations revoked, InstantSource clock, LongSupplier ticks) {
        if (!settings.known()) {
            return NONE;
        }
        return new Tokens(settings, keys(settings, ticks), new Claims(settings, revoked, clock));
    }

    private static Keys keys(Settings.Tokens settings, LongSupplier ticks) {
        List<Trusted> fixed = new ArrayList<>();
        if (!settings.secret().isEmpty()) {
            fixed.add(Trusted.of(null, new HmacKey(settings.secret().bytes())));
        }
        if (!settings.key().isEmpty()) {
            fixed.add(Trusted.of(null, Pem.publicKey(Path.of(settings.key()))));
        }
        Keys keys = Keys.fixed(fixed);
        return settings.jwks().isEmpty() ? keys : keys.and(new Jwks(settings.jwks(), settings.fetching(), ticks));
    }

    @Override
    public Token authenticate(String token) {
        if (token.length() > longest) {
            throw invalid("the token has more than " + longest + " characters");
        } else if (!SIGNED.matcher(token).matches()) {
            throw invalid("this is no signed token");
        }
        try {
            return claims.read(JwtClaims.parse(verified(token)));
        } catch (JoseException | InvalidJwtException | MalformedClaimException e) {
            throw invalid("the token cannot be read"); // what the library says may have the token in it
        } catch (StackOverflowError e) {
            throw invalid("the token cannot be read"); // nested JSON, signed by nobody we know
        }
    }

    /** The payload, if one of our keys signed it. */
    private String verified(String token) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        for (Trusted key : keys.find(signature.getKeyIdHeaderValue())) {
            if (key.algorithm().equals(signature.getAlgorithmHeaderValue()) && isSignedBy(key, token)) {
                return signature.getUnverifiedPayload();
            }
        }
        throw invalid("nobody known here signed the token");
    }

    private static boolean isSignedBy(Trusted key, String token) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, key.algorithm()));
        signature.setCompactSerialization(token);
        signature.setKey(key.key());
        return signature.verifySignature();
    }

    static Rejection invalid(String reason) {
        return new Rejection(4401, "token_invalid", reason);
    }
}
