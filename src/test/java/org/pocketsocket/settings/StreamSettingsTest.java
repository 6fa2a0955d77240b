package org.pocketsocket.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Channelstream's configuration in our words. */
class StreamSettingsTest {

    private static final String SECRET = "not-so-secret-after-all";

    @Test
    void its_defaults_are_ours_but_for_its_secrets_CS_1_CS_2_CS_3() {
        StreamSettings stream = Settings.of(Map.of()).stream();
        assertThat(stream.isOpen())
                .as("its default secret is known to everybody")
                .isFalse();
        assertThat(stream.from()).containsExactly("127.0.0.1");
        assertThat(stream.cors()).containsExactly("*");
        assertThat(stream.https()).isFalse();
        assertThat(stream.times().wake()).isEqualTo(Duration.ofSeconds(5));
        assertThat(stream.times().heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(stream.times().channels()).isEqualTo(Duration.ofSeconds(259_200));
        assertThat(stream.times().age()).isEqualTo(Duration.ofSeconds(60));
        assertThat(Settings.of(Map.of()).admin().secret().isEmpty()).isTrue();
    }

    @Test
    void addresses_stand_between_commas_or_line_ends_CS_1() {
        assertThat(Settings.of(Map.of("pocket.stream.from", "127.0.0.1,10.0.0.1\n10.0.0.2 , 0.0.0.0")).stream()
                        .from())
                .containsExactly("127.0.0.1", "10.0.0.1", "10.0.0.2", "0.0.0.0");
    }

    @Test
    void the_environment_says_what_CHANNELSTREAM_variables_said_CS_4() {
        StreamSettings stream = Settings.load(
                Map.of("POCKET_STREAM_SECRET", SECRET, "POCKET_STREAM_FROM", "0.0.0.0", "POCKET_STREAM_WAKE", "2 s"))
                .stream();
        assertThat(stream.isOpen()).isTrue();
        assertThat(stream.secret().is(SECRET)).isTrue();
        assertThat(stream.from()).containsExactly("0.0.0.0");
        assertThat(stream.times().wake()).isEqualTo(Duration.ofSeconds(2));
        assertThat(stream.toString()).doesNotContain(SECRET);
    }
}
