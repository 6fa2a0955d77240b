package org.pocketsocket.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class TokenCommandTest {

    private static TokenCommand parse(String... arguments) {
        TokenCommand command = new TokenCommand();
        new CommandLine(command).parseArgs(arguments);
        return command;
    }

    @Test
    void options_become_claims() {
        assertThat(parse("--user", "ada", "--roles", "moderator,author", "--roles=reader", "--channels", "chat,game/*")
                        .claims())
                .isEqualTo(Map.of(
                        "sub",
                        "ada",
                        "roles",
                        List.of("moderator", "author", "reader"),
                        "channels",
                        List.of("chat", "game/*")));
        assertThat(parse("--user=ada").claims()).isEqualTo(Map.of("sub", "ada"));
    }

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "15m,PT15M", "1h,PT1H", "7d,P7D"})
    void a_time_is_a_number_and_a_unit(String text, Duration time) {
        assertThat(parse("--user=ada", "--ttl", text).ttl()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "0s", "-1h", "1.5h", "1w", "99999999999d"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> parse("--user=ada", "--ttl", text)).isInstanceOf(ParameterException.class);
    }

    @Test
    void it_is_about_somebody() {
        assertThatThrownBy(TokenCommandTest::parse).isInstanceOf(ParameterException.class);
    }
}
