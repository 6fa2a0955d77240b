package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.settings.Secret;

/** CS-11, CS-12, CS-13, D10. */
class SignaturesTest {

    private static final long SIGNED = 1396790400;
    private static final Duration AGE = Duration.ofSeconds(60);
    private static final String STAMPED = "channelstream.U0FUgA.i6oKywjmAS4xM8zzXqm5mbr4uXU";

    private static Signatures at(long second) {
        return new Signatures(new Secret("secret"), () -> Instant.ofEpochSecond(second));
    }

    private static boolean isGood(String signature, String text, long now) {
        return at(now).isGood(signature, List.of(text), AGE);
    }

    @ParameterizedTest
    @CsvSource({
        "/message,pr32irkBgTV8CWEgpFrgV44+hHXOj5V3fHxidzqg2ag=.1396790400",
        "/connect,pZ8Ax29zUS7Hvj8vg1BN1H9aHO4qF/uVoI5h/T6yc3k=.1396790400",
        "anon_1,AwTOvAt/kHjsKlbv8NGLI33GGJykORWNcCGCjOXYn8s=.1396790400"
    })
    void paths_and_users_are_signed_as_the_first_version_did_it_CS_11_CS_13(String text, String signature) {
        assertThat(at(SIGNED).sign(text)).isEqualTo(signature);
        assertThat(isGood(signature, text, SIGNED)).isTrue();
    }

    @Test
    void a_signature_is_good_for_one_path_and_for_a_minute() {
        String signature = at(SIGNED).sign("/message");
        assertThat(isGood(signature, "/message", SIGNED + 60)).isTrue();
        assertThat(isGood(signature, "/message", SIGNED - 60)).isTrue();
        assertThat(isGood(signature, "/message", SIGNED + 61)).isFalse();
        assertThat(isGood(signature, "/message", SIGNED - 61)).isFalse();
        assertThat(isGood(signature, "/connect", SIGNED)).isFalse();
    }

    @Test
    void a_signature_with_a_later_time_is_none() {
        String signature = at(SIGNED).sign("/message").replace("." + SIGNED, "." + (SIGNED + 100));
        assertThat(isGood(signature, "/message", SIGNED + 100)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "x",
                ".1396790400",
                "x.",
                "x.y",
                "x.-1",
                "x.99999999999999999999",
                "..",
                "...",
                "a.b.c",
                "a.U0FUgA.c"
            })
    void what_is_no_signature_is_refused(String text) {
        assertThat(isGood(text, "/message", SIGNED)).isFalse();
        assertThat(at(SIGNED).isGoodStamp(text, AGE)).isFalse();
    }

    @Test
    void a_very_long_one_is_not_even_looked_at() {
        String signature = "x".repeat(4000) + at(SIGNED).sign("/message");
        assertThat(isGood(signature, "/message", SIGNED)).isFalse();
        assertThat(at(SIGNED).isGoodStamp("x".repeat(4000) + STAMPED, AGE)).isFalse();
    }

    @Test
    void the_stamps_of_itsdangerous_are_good_whatever_they_stamp_CS_12() {
        assertThat(at(SIGNED).isGoodStamp(STAMPED, AGE)).isTrue();
        assertThat(at(SIGNED + 60).isGoodStamp(STAMPED, AGE)).isTrue();
        assertThat(at(SIGNED + 61).isGoodStamp(STAMPED, AGE)).isFalse();
        assertThat(at(SIGNED).isGoodStamp(STAMPED.replace("channel", "Channel"), AGE))
                .isFalse();
        assertThat(at(SIGNED).isGoodStamp(STAMPED.replace("U0FUgA", "U0FUgB"), AGE))
                .isFalse();
    }

    @Test
    void another_secret_signs_otherwise() {
        Signatures other = new Signatures(new Secret("terces"), () -> Instant.ofEpochSecond(SIGNED));
        assertThat(other.isGood(at(SIGNED).sign("/message"), List.of("/message"), AGE))
                .isFalse();
        assertThat(other.isGoodStamp(STAMPED, AGE)).isFalse();
    }
}
