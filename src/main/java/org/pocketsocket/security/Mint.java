package org.pocketsocket.security;

import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.pocketsocket.settings.Settings;

/** Makes tokens, for trying and for tests: an application that has users makes its own, with its own library. */
public final class Mint {

    private final Settings.Tokens settings;
    private final Trusted key;

    private Mint(Settings.Tokens settings, Trusted key) {
        this.settings = settings;
        this.key = key;
    }

    /**
     * One that signs with the secret of the settings.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Mint withSecret(Settings.Tokens settings) {
        if (settings.secret().isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no secret to sign with: set POCKET_TOKENS_SECRET, or name a private key");
        }
        return new Mint(settings, Trusted.of(null, new HmacKey(settings.secret().bytes())));
    }

    /** One that signs with a private key in a PEM file. */
    public static Mint withKey(Settings.Tokens settings, Path key) {
        return new Mint(settings, Trusted.of(null, Pem.privateKey(key)));
    }

    /** What the launcher's command runs: settings from the environment and system properties, claims as they are. */
    public static String token(Map<String, Object> claims, Duration lifetime, String key) {
        Settings.Tokens settings = Settings.load().tokens();
        Mint mint = key.isEmpty() ? withSecret(settings) : withKey(settings, Path.of(key));
        return mint.token(claims, Instant.now(), lifetime);
    }

    /** A token that says this, and what the settings ask for. Lists are lists of texts. */
    public String token(Map<String, Object> claims, Instant now, Duration lifetime) {
        JwtClaims all = new JwtClaims();
        all.setJwtId(UUID.randomUUID().toString());
        all.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        all.setExpirationTime(NumericDate.fromSeconds(now.plus(lifetime).getEpochSecond()));
        if (!settings.issuer().isEmpty()) {
            all.setIssuer(settings.issuer());
        }
        if (!settings.audience().isEmpty()) {
            all.setAudience(List.of(settings.audience()));
        }
        claims.forEach((name, value) -> all.setClaim(name.equals("roles") ? settings.roles() : name, value));
        return sign(all.toJson(), key.key());
    }

    private String sign(String json, Key with) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(json);
            signature.setAlgorithmHeaderValue(key.algorithm());
            signature.setHeader("typ", "JWT");
            signature.setKey(with);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
        }
    }
}
