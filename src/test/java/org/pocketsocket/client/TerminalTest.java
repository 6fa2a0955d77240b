package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocketsocket.client.terminal.Terminal;

/** The command, with streams for a terminal. */
@Timeout(60)
class TerminalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HubServer server = HubServer.with(new Chat());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void nothing_is_left() {
        server.close();
        eventually(PATIENCE, PocketClientTest::ourThreads, () -> ourThreads().isEmpty());
    }

    private int run(Reader in, String... words) {
        return Terminal.run(
                List.of(words),
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int type(String text, String... more) {
        return run(
                new StringReader(text),
                Stream.concat(Stream.of(server.uri().toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private List<String> out() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> err() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void what_is_typed_is_done_and_what_comes_is_printed() {
        int status = type("""
                join chat
                ask chat.say {"text":"hello"}

                send chat.number 5
                leave chat
                """);
        assertThat(err()).containsExactly("- connecting to " + server.uri(), "- connected");
        assertThat(status).isZero();
        assertThat(out())
                .filteredOn(line -> line.startsWith("="))
                .containsExactly("= joined chat {\"greeting\":\"hello\"}", "= answer {\"length\":5}", "= left chat");
    }

    @Test
    void an_order_may_stand_behind_the_address() {
        assertThat(run(
                        new StringReader("never read"),
                        server.uri().toString(),
                        "ask",
                        "chat.say",
                        "{\"text\":",
                        "\"two words\"}"))
                .isZero();
        assertThat(out()).contains("= answer {\"length\":9}");
    }

    @Test
    void a_no_is_a_sentence_and_counts() {
        assertThat(type("ask chat.say {\"text\":\"HELLO!\"}\n")).isEqualTo(1);
        assertThat(err()).contains("! 4409 loud: not so loud");
        assertThat(out()).noneMatch(line -> line.startsWith("="));
    }

    @Test
    void what_is_no_order_is_told_and_the_next_one_done() {
        assertThat(type("""
                dance
                join
                ask nothing
                ask chat.number 7
                quit
                never done
                """)).isEqualTo(1);
        assertThat(err())
                .contains(
                        "! join, leave, send, ask, presence, watch or quit, not dance",
                        "! which channel?",
                        "! which channel and event? such as chat.say")
                .noneMatch(line -> line.contains("never"));
        assertThat(out()).contains("= answer 7");
    }

    @Test
    void a_payload_that_is_no_JSON_is_text() {
        assertThat(type("ask chat.number seven\n")).isEqualTo(1);
        assertThat(err()).anyMatch(line -> line.startsWith("! 4400 invalid_"));
    }

    @Test
    void a_long_input_is_done_as_fast_as_it_is_answered() {
        String lines =
                IntStream.range(0, 3000).mapToObj(i -> "ask chat.number " + i).collect(Collectors.joining("\n"));
        assertThat(type(lines, "--join", "chat")).isZero();
        assertThat(out().stream().filter(line -> line.startsWith("= answer"))).hasSize(3000);
    }

    @Test
    void it_watches_until_the_server_ends_it() throws IOException {
        try (PipedWriter keyboard = new PipedWriter();
                Reader in = new PipedReader(keyboard)) {
            CompletableFuture<Integer> status =
                    CompletableFuture.supplyAsync(() -> run(in, server.uri().toString(), "--join", "chat"));
            eventually(PATIENCE, () -> out() + "", () -> out().stream().anyMatch(line -> line.startsWith("= joined")));
            server.channel("chat").send("said", "news");
            eventually(PATIENCE, () -> out() + "", () -> out().contains("< chat.said \"news\""));
            server.cut();
            eventually(PATIENCE, () -> err() + "", () -> err().contains("- connecting again"));
            keyboard.write("quit\n");
            keyboard.flush();
            assertThat(status.join()).isZero();
            assertThat(err()).anyMatch(line -> line.startsWith("- the connection is lost: "));
        }
    }

    @Test
    void it_goes_on_when_the_input_has_ended_if_it_is_to_watch() {
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> type("", "--join", "chat", "--watch"));
        eventually(PATIENCE, () -> out() + "", () -> out().stream().anyMatch(line -> line.startsWith("= joined")));
        server.channel("chat").send("said", "late news");
        eventually(PATIENCE, () -> out() + "", () -> out().contains("< chat.said \"late news\""));
        assertThat(status).isNotDone();
        server.dismiss();
        assertThat(status.join()).isEqualTo(1);
        assertThat(err()).last().asString().endsWith("closed the connection (4001): out");
    }

    @Test
    void an_end_for_good_is_told_at_once() {
        try (ScriptedServer ending = ScriptedServer.opening(
                org.pocketsocket.frame.Frames.text("{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0\"}"),
                org.pocketsocket.frame.Frames.close(4001, "out"))) {
            assertThat(run(endless(), ending.uri().toString())).isEqualTo(1);
            assertThat(err())
                    .last()
                    .asString()
                    .startsWith("! localhost:")
                    .endsWith("closed the connection (4001): out");
        }
    }

    /** A terminal where nobody types. */
    private static Reader endless() {
        try {
            return new PipedReader(new PipedWriter());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void without_a_connection_there_is_one_sentence_and_status_1() {
        server.close();
        assertThat(type("join chat\n")).isEqualTo(1);
        assertThat(err()).hasSize(2).last().asString().startsWith("! Cannot reach localhost:");
        assertThat(out()).isEmpty();
    }

    @Test
    void wrong_arguments_are_one_sentence_and_status_2() {
        assertThat(run(endless(), "--nonsense")).isEqualTo(2);
        assertThat(run(endless(), "ftp://localhost")).isEqualTo(2);
        assertThat(err()).hasSize(2).allMatch(line -> line.endsWith("; --help shows how"));
        assertThat(err()).first().isEqualTo("! No option is called --nonsense; --help shows how");
    }

    @Test
    void help_is_printed_for_who_asks() {
        assertThat(run(endless(), "--help")).isZero();
        assertThat(out()).first().asString().startsWith("Usage: client [options] <address>");
    }
}
