package org.pocketsocket.hub;

import java.security.SecureRandom;
import java.util.Base64;

/** Names that nobody guesses. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 128 bits, in 22 characters. */
    static String fresh() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
