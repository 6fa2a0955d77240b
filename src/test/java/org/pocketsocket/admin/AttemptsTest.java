package org.pocketsocket.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocketsocket.admin.Attempts.Answer;

class AttemptsTest {

    private long now;
    private final Attempts attempts = new Attempts(2, 3, () -> now);

    private Answer wrong(String address) {
        return attempts.guess(address, () -> false);
    }

    private Answer right(String address) {
        return attempts.guess(address, () -> true);
    }

    @Test
    void who_was_wrong_too_often_is_not_even_listened_to() {
        assertThat(wrong("a")).isEqualTo(Answer.NO);
        assertThat(right("a")).isEqualTo(Answer.YES);
        assertThat(wrong("a")).isEqualTo(Answer.NO);
        assertThat(right("a")).isEqualTo(Answer.TOO_OFTEN);
        assertThat(right("b")).isEqualTo(Answer.YES);
        now += Duration.ofMinutes(1).toNanos() + 1;
        assertThat(right("a")).isEqualTo(Answer.YES);
    }

    @Test
    void who_is_right_is_not_counted() {
        for (int i = 0; i < 100; i++) {
            assertThat(right("a")).isEqualTo(Answer.YES);
        }
    }

    @Test
    void all_together_have_a_bound_whatever_their_addresses() {
        for (String address : new String[] {"a", "b", "c"}) {
            assertThat(wrong(address)).isEqualTo(Answer.NO);
        }
        assertThat(right("d")).isEqualTo(Answer.TOO_OFTEN);
    }

    @Test
    void not_more_than_a_thousand_addresses_are_remembered() {
        Attempts many = new Attempts(1, 100_000, () -> now);
        for (int i = 0; i < 5000; i++) {
            many.guess("a" + i, () -> false);
        }
        assertThat(many.guess("a1", () -> true)).isEqualTo(Answer.TOO_OFTEN);
        assertThat(many.guess("a4999", () -> true)).isEqualTo(Answer.YES);
    }
}
