package org.pocketsocket.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.pocketsocket.settings.Secret;

/**
 * Channelstream's two kinds of signatures. Its own: a text and the second in which it was signed, under HMAC-SHA256. And
 * the {@code TimestampSigner} of Python's itsdangerous: HMAC-SHA1. All are compared in constant time. Thread-safe.
 */
final class Signatures {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern STAMP = Pattern.compile("[A-Za-z0-9_-]{1,11}");
    private static final int LONGEST = 2048;

    private final Secret secret;
    private final InstantSource clock;

    Signatures(Secret secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** A text signed now, as {@link #isGood} wants it. */
    String sign(String text) {
        return sign(text, clock.instant().getEpochSecond());
    }

    String sign(String text, long second) {
        byte[] mac = mac("HmacSHA256", secret.bytes(), text + '.' + second);
        return Base64.getEncoder().encodeToString(mac) + '.' + second;
    }

    /** Whether this is our signature of one of these texts, and no older. */
    boolean isGood(String signature, List<String> texts, Duration age) {
        int dot = signature.lastIndexOf('.');
        String second = signature.substring(dot + 1);
        if (dot < 0 || signature.length() > LONGEST || !SECONDS.matcher(second).matches()) {
            return false;
        }
        long signed = Long.parseLong(second);
        return isFresh(signed, age) && texts.stream().anyMatch(text -> equal(sign(text, signed), signature));
    }

    /** Whether a {@code TimestampSigner} with our secret signed it, whatever it is, and no longer ago. */
    boolean isGoodStamp(String signed, Duration age) {
        int last = signed.lastIndexOf('.');
        int before = signed.lastIndexOf('.', last - 1);
        if (before < 0 || signed.length() > LONGEST) {
            return false;
        }
        String stamp = signed.substring(before + 1, last);
        return STAMP.matcher(stamp).matches()
                && equal(stampOf(signed.substring(0, last)), signed.substring(last + 1))
                && isFresh(seconds(stamp), age);
    }

    private String stampOf(String text) {
        byte[] key = sha1("itsdangerous.Signer" + "signer" + secret.text());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac("HmacSHA1", key, text));
    }

    private static long seconds(String stamp) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(stamp)).longValue();
    }

    /** Clocks differ: what is as far in the future is good, too. */
    private boolean isFresh(long second, Duration age) {
        return Math.abs(clock.instant().getEpochSecond() - second) <= age.toSeconds();
    }

    private static boolean equal(String right, String shown) {
        return MessageDigest.isEqual(right.getBytes(UTF_8), shown.getBytes(UTF_8));
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has them
        }
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
