package org.pocketsocket.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentTest {

    private long now = Duration.ofHours(-5).toNanos();
    private final Recent recent = new Recent(() -> now);

    @Test
    void counts_codes_for_ten_minutes_and_forgets_them_then() {
        assertThat(recent.counts()).isEmpty();
        recent.add(1006);
        recent.add(1006);
        now += Duration.ofMinutes(5).toNanos();
        recent.add(1006);
        recent.add(4008);
        assertThat(recent.counts()).isEqualTo(Map.of("1006", 3, "4008", 1));
        now += Duration.ofMinutes(5).toNanos();
        assertThat(recent.counts()).isEqualTo(Map.of("1006", 1, "4008", 1));
        now += Duration.ofMinutes(5).toNanos();
        assertThat(recent.counts()).isEmpty();
    }
}
