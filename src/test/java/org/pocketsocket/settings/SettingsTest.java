package org.pocketsocket.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String PROPERTY = "pocket.limits.id";

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void are_the_documented_defaults_when_nothing_is_set() {
        Settings settings = Settings.of(Map.of());
        assertThat(settings.echo()).isFalse();
        assertThat(settings.relay()).isTrue();
        assertThat(settings.verbose()).isFalse();
        assertThat(settings.announce()).isEqualTo(100);
        assertThat(settings.origins()).isEmpty();
        assertThat(settings.standard()).isTrue();
        assertThat(settings.direct()).isEqualTo(new Settings.Direct("auto", 1024, false, true, false));
        assertThat(settings.http()).isEqualTo(new Settings.Http(true, true, 10_000, 262_144, 1 << 20));
        assertThat(settings.heartbeat())
                .isEqualTo(new Settings.Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10)));
        assertThat(settings.limits())
                .isEqualTo(new Settings.Limits(
                        65_536,
                        262_144,
                        64,
                        128,
                        4096,
                        255,
                        128,
                        128,
                        100,
                        Duration.ofSeconds(10),
                        16,
                        20_000,
                        20_000,
                        1 << 20,
                        Duration.ofSeconds(10),
                        65_536));
        assertThat(settings).isEqualTo(Settings.load(Map.of()));
    }

    @Test
    void ask_nothing_but_the_given_values_when_they_are_given() {
        System.setProperty(PROPERTY, "16");
        assertThat(Settings.load().limits().id()).isEqualTo(16);
        assertThat(Settings.of(Map.of()).limits().id()).isEqualTo(128);
    }

    @Test
    void find_out_the_number_of_lanes_unless_told() {
        assertThat(Settings.of(Map.of()).lanes()).isBetween(1, 4);
        assertThat(Settings.of(Map.of("pocket.lanes", 7)).lanes()).isEqualTo(7);
    }

    @Test
    void take_values_in_the_place_of_defaults() {
        Settings settings = Settings.of(Map.of(
                "pocket.echo", true,
                "pocket.limits.outbox", "2 MiB",
                "pocket.limits.message", 1000,
                "pocket.heartbeat.interval", "500 ms",
                "pocket.standard.door", "no"));
        assertThat(settings.echo()).isTrue();
        assertThat(settings.limits().outbox()).isEqualTo(2 << 20);
        assertThat(settings.limits().message()).isEqualTo(1000);
        assertThat(settings.limits().id()).isEqualTo(128);
        assertThat(settings.heartbeat().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.standard()).isFalse();
    }

    @Test
    void take_origins_between_commas_or_spaces() {
        assertThat(Settings.of(Map.of("pocket.origins", " https://a.org, https://*.b.org  *,"))
                        .origins())
                .isEqualTo(List.of("https://a.org", "https://*.b.org", "*"));
    }

    @Test
    void take_environment_variables_over_files_and_system_properties_over_both() {
        Map<String, String> environment =
                Map.of("POCKET_LIMITS_ID", "64", "POCKET_ECHO", "true", "POCKET_HEARTBEAT_TIMEOUT", "3 s", "ECHO", "x");
        Settings settings = Settings.load(environment);
        assertThat(settings.limits().id()).isEqualTo(64);
        assertThat(settings.echo()).isTrue();
        assertThat(settings.heartbeat().timeout()).isEqualTo(Duration.ofSeconds(3));

        System.setProperty(PROPERTY, "32");
        assertThat(Settings.load(environment).limits().id()).isEqualTo(32);
        assertThat(Settings.load(environment).echo()).isTrue();
    }

    @Test
    void see_a_system_property_that_was_set_after_the_last_reading() {
        assertThat(Settings.load().limits().id()).isEqualTo(128);
        System.setProperty(PROPERTY, "16");
        assertThat(Settings.load().limits().id()).isEqualTo(16);
    }

    @Test
    void cap_sizes_at_what_an_array_could_hold() {
        assertThat(Settings.of(Map.of("pocket.limits.outbox", "8 GiB")).limits().outbox())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "pocket.echo, perhaps",
        "pocket.relay, 1",
        "pocket.verbose, ''",
        "pocket.announce, many",
        "pocket.announce, -1",
        "pocket.standard.door, ajar",
        "pocket.direct.door, ajar",
        "pocket.lanes, -1",
        "pocket.lanes, 2000",
        "pocket.heartbeat.interval, soon",
        "pocket.heartbeat.interval, 0",
        "pocket.heartbeat.timeout, -5 s",
        "pocket.limits.message, big",
        "pocket.limits.message, 0",
        "pocket.limits.publication, -1",
        "pocket.limits.depth, 0",
        "pocket.limits.depth, 1000000",
        "pocket.limits.id, 0",
        "pocket.limits.text, some",
        "pocket.limits.name, 99999999999",
        "pocket.limits.channels, none",
        "pocket.limits.outbox, 1 MuB",
        "pocket.limits.age, 1 fortnight",
        "pocket.limits.lane, 0"
    })
    void name_the_setting_that_has_a_bad_value(String setting, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of(setting, value)))
                .withMessageContaining("a setting cannot be used")
                .withMessageContaining(setting);
    }

    @Test
    void name_the_variable_that_a_bad_value_came_from() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.load(Map.of("POCKET_ECHO", "loud")))
                .withMessageContaining("POCKET_ECHO")
                .withMessageContaining("pocket.echo");
    }
}
