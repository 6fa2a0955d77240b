package org.pocketsocket.security;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs tokens for us. It signs with one algorithm, which follows from what kind of key it is: what a token
 * says of that is never asked (no {@code none}, no public key taken for a secret).
 *
 * @param id the {@code kid} it goes by; null: whatever a token says
 * @param algorithm as RFC 7518 and 8037 name it
 */
record Trusted(@Nullable String id, Key key, String algorithm) {

    private static final int P256 = 256;

    /** @throws IllegalArgumentException when it is of a kind that signs no tokens here */
    static Trusted of(@Nullable String id, Key key) {
        return new Trusted(id, key, algorithm(key));
    }

    static String algorithm(Key key) {
        if (key instanceof HmacKey) {
            return AlgorithmIdentifiers.HMAC_SHA256;
        } else if (key instanceof RSAKey) {
            return AlgorithmIdentifiers.RSA_USING_SHA256;
        } else if (key instanceof ECKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == P256) {
            return AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
        } else if (key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519")) {
            return AlgorithmIdentifiers.EDDSA;
        }
        throw new IllegalArgumentException("a key must be RSA, EC on P-256, or Ed25519");
    }
}
