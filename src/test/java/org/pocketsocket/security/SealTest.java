package org.pocketsocket.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.pocketsocket.settings.Secret;

class SealTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final Secret SECRET = new Secret("correct horse battery");

    private final Seal seal = new Seal(SECRET, "cookie");
    private final String sealed = seal.close("ada", NOW.plusSeconds(60));

    @Test
    void what_was_sealed_is_known_again_until_its_time_is_over() {
        assertThat(seal.open(sealed, NOW)).contains(new Seal.Opened("ada", NOW.plusSeconds(60)));
        assertThat(seal.open(sealed, NOW.plusSeconds(59))).isPresent();
        assertThat(seal.open(sealed, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void nothing_else_is() {
        assertThat(new Seal(SECRET, "pass").open(sealed, NOW)).isEmpty();
        assertThat(new Seal(new Secret("another one, as long"), "cookie").open(sealed, NOW))
                .isEmpty();
        assertThat(seal.open(sealed.replace("1060", "9999"), NOW)).isEmpty();
        assertThat(seal.open(sealed.replace("ada", "bob"), NOW)).isEmpty();
        for (String other :
                new String[] {"", "..", "a.b.c", "a.1060.", "ada.x." + sealed.substring(9), sealed + ".x"}) {
            assertThat(seal.open(other, NOW)).as(other).isEmpty();
        }
        for (int end = 0; end < sealed.length(); end++) {
            assertThat(seal.open(sealed.substring(0, end), NOW)).isEmpty();
        }
    }

    @Test
    void a_secret_does_not_show_and_an_empty_one_is_nobodys() {
        assertThat(SECRET.toString()).doesNotContain("horse");
        assertThat(SECRET.is("correct horse battery")).isTrue();
        assertThat(SECRET.is("correct horse")).isFalse();
        assertThat(new Secret("").is("")).isFalse();
    }

    @Test
    void a_bearer_is_read_whatever_its_case() {
        assertThat(Bearer.token("BEARER  a.b.c ")).contains("a.b.c");
        assertThat(Bearer.token("Bearer")).isEmpty();
        assertThat(Bearer.token("Basic YTpi")).isEmpty();
        assertThat(Bearer.token(null)).isEmpty();
    }
}
