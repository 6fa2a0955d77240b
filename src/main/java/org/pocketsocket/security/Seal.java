package org.pocketsocket.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.pocketsocket.settings.Secret;

/**
 * Closes a text so that we know it again: with a time until which it is good, and an HMAC. The key is made of a secret and
 * a purpose: what was sealed for one purpose is nothing for another.
 */
public final class Seal {

    private static final String HMAC = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    public Seal(Secret secret, String purpose) {
        this.key = new SecretKeySpec(mac(new SecretKeySpec(secret.bytes(), HMAC), "pocketsocket " + purpose), HMAC);
    }

    /**
     * The sealed text.
     *
     * @param text without a dot
     */
    public String close(String text, Instant until) {
        String body = text + '.' + until.getEpochSecond();
        return body + '.' + ENCODER.encodeToString(mac(key, body));
    }

    /** The text, if it is ours, and its time is not over; with the time. */
    public Optional<Opened> open(String sealed, Instant now) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !isOurs(parts[0] + '.' + parts[1], parts[2])) {
            return Optional.empty();
        }
        Opened opened = new Opened(parts[0], Instant.ofEpochSecond(Long.parseLong(parts[1])));
        return now.isBefore(opened.until) ? Optional.of(opened) : Optional.empty();
    }

    /** What was in it. */
    public record Opened(String text, Instant until) {}

    private boolean isOurs(String body, String mac) {
        return MessageDigest.isEqual(ENCODER.encode(mac(key, body)), mac.getBytes(UTF_8));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
