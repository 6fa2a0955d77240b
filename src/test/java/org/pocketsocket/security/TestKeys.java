package org.pocketsocket.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.pocketsocket.settings.Settings;

/** Keys that are made once, and tokens signed with them whatever they say. */
final class TestKeys {

    static final String SECRET = "a secret of more than thirty-two bytes";
    static final KeyPair RSA = pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    static final KeyPair EC = pair("EC", new ECGenParameterSpec("secp256r1"));
    static final KeyPair ED = pair("Ed25519", NamedParameterSpec.ED25519);

    private TestKeys() {}

    static KeyPair pair(String kind, AlgorithmParameterSpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(spec);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings with these for {@code pocket.tokens.…}. */
    static Settings.Tokens settings(Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put("pocket.tokens." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return Settings.of(values).tokens();
    }

    static Path pem(Path directory, String label, byte[] encoded) {
        try {
            String body = Base64.getMimeEncoder().encodeToString(encoded);
            Path file = Files.createTempFile(directory, "key", ".pem");
            return Files.writeString(
                    file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Path pem(Path directory, PublicKey key) {
        return pem(directory, "PUBLIC KEY", key.getEncoded());
    }

    /** A token that a library signed. */
    static String signed(java.security.Key key, String algorithm, String kid, JwtClaims claims) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue(algorithm);
            if (kid != null) {
                signature.setKeyIdHeaderValue(kid);
            }
            signature.setDoKeyValidation(false);
            signature.setKey(key);
            return signature.getCompactSerialization();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token with any header and any signature. */
    static String raw(String header, String claims, byte[] signature) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + '.'
                + encoder.encodeToString(signature);
    }

    /** A public key as it stands in a JWKS. */
    static String jwk(PublicKey key, String kid) {
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
            jwk.setKeyId(kid);
            return jwk.toJson();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String jwks(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }
}
