package org.pocketsocket.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    private static Arguments parse(String... words) {
        return Arguments.parse(List.of(words), Map.of());
    }

    @Test
    void an_address_is_enough() {
        Arguments plain = parse("localhost:8001");
        assertThat(plain.uri()).isEqualTo(URI.create("ws://localhost:8001"));
        assertThat(plain.joins()).isEmpty();
        assertThat(plain.order()).isEmpty();
        assertThat(plain.watches()).isFalse();
        assertThat(plain.colour()).isEmpty();
    }

    @Test
    void options_come_before_and_behind_the_address() {
        Arguments all = parse(
                "--join",
                "chat",
                "wss://example.com/app",
                "--join",
                "news",
                "--watch",
                "--no-colour",
                "--dialect",
                "socketio",
                "--transport",
                "polling,websocket",
                "--header",
                "Origin: https://example.com",
                "--proxy",
                "proxy.example.com:3128",
                "--token",
                "t");
        assertThat(all.uri()).isEqualTo(URI.create("wss://example.com/app"));
        assertThat(all.joins()).containsExactly("chat", "news");
        assertThat(all.watches()).isTrue();
        assertThat(all.colour()).isEqualTo(Optional.of(false));
    }

    @Test
    void behind_the_address_may_stand_an_order_whatever_is_in_it() {
        assertThat(parse("localhost", "ask", "chat.say", "{\"text\":", "\"--join\"}")
                        .order())
                .isEqualTo("ask chat.say {\"text\": \"--join\"}");
        assertThat(parse("localhost", "send", "chat.say", "--watch").watches()).isFalse();
    }

    @Test
    void a_token_may_come_from_the_environment_where_nobody_sees_it() {
        assertThat(Arguments.parse(List.of("localhost"), Map.of("POCKET_TOKEN", "t")))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "--join,                        --join needs a value",
        "--dialect klingon localhost,   No dialect is called klingon",
        "--transport pigeons localhost, No transport is called pigeons",
        "--header nonsense localhost,   A header is written \"name: value\"",
        "--proxy nowhere localhost,     'A proxy is written host:port, not nowhere'",
        "--proxy a:99999 localhost,     'A proxy is written host:port, not a:99999'",
        "--nonsense localhost,          No option is called --nonsense",
        "--watch,                       Which address?",
        "ftp://localhost,               'An address begins with ws, wss, http or https, not as ftp://localhost'",
    })
    void what_cannot_be_understood_is_said_in_a_sentence(String line, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(line.split(" ")))
                .withMessage(sentence);
    }

    @Test
    void what_came_goes_to_one_stream_and_all_else_to_the_other() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Paper paper = new Paper(print(out), print(err), false);
        paper.event("chat.said", "{\"text\":\"hi\"}");
        paper.good("joined chat", "");
        paper.bad("no");
        paper.aside("connected");
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("< chat.said {\"text\":\"hi\"}", "= joined chat");
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("! no", "- connected");
    }

    @Test
    void names_are_coloured_and_nobody_else_writes_on_the_terminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Paper(print(out), print(out), true).event("chat.said", "\"\u001b[2J\u202e\u009b\r\nx\"");
        assertThat(out.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("\u001b[36m< chat.said\u001b[0m \" [2J    x\"");
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
