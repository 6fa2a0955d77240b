package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;
import static org.pocketsocket.client.PocketClientTest.no;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.frame.Frames;

/** Servers that break every rule: a typed exception with a clear sentence, nothing hangs, no thread is left. */
@Timeout(30)
class BadServersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ClientOptions ONCE = ClientOptions.DEFAULT
            .connectTimeout(Duration.ofSeconds(2))
            .answerTimeout(Duration.ofSeconds(5))
            .attempts(0);

    @AfterEach
    void nothing_is_left() {
        eventually(PATIENCE, PocketClientTest::ourThreads, () -> ourThreads().isEmpty());
    }

    private static ClientException refusal(ScriptedServer server, ClientOptions options) {
        try (server) {
            ClientException no =
                    catchThrowableOfType(ClientException.class, () -> PocketClient.connect(server.uri(), options));
            assertThat(no).isNotNull();
            assertThat(no.getMessage()).doesNotContain("Exception").isNotBlank();
            return no;
        }
    }

    @Test
    void nobody_listens() {
        ScriptedServer server = ScriptedServer.answering("");
        server.close();
        ClientException no = refusal(server, ONCE);
        assertThat(no.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(no).hasMessageContaining("Cannot reach localhost:" + server.port());
    }

    @Test
    void the_host_does_not_exist() {
        ClientException no = catchThrowableOfType(
                ClientException.class, () -> PocketClient.connect(URI.create("ws://no-such-host.invalid/"), ONCE));
        assertThat(no.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(no).hasMessageContaining("the host is not known");
    }

    @Test
    void the_accept_header_is_wrong() {
        ClientException no = refusal(
                ScriptedServer.answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Accept: bm9uc2Vuc2U=\r\n\r\n"),
                ONCE);
        assertThat(no.kind()).isEqualTo(Kind.HANDSHAKE);
        assertThat(no).hasMessageContaining("Wrong Sec-WebSocket-Accept");
    }

    @ParameterizedTest
    @CsvSource({
        "301 Moved Permanently, REFUSED, redirects to http://elsewhere/",
        "302 Found, REFUSED, redirects to http://elsewhere/",
        "401 Unauthorized, REFUSED, wants to know who you are (401)",
        "403 Forbidden, REFUSED, does not let you in (403)",
        "404 Not Found, REFUSED, has nothing at that path (404)",
        "500 Oops, REFUSED, answered with status 500",
        "200 OK, REFUSED, answered with status 200"
    })
    void an_answer_in_HTTP_is_told_by_its_status(String status, Kind kind, String sentence) {
        ClientException no = refusal(
                ScriptedServer.answering(
                        "HTTP/1.1 " + status + "\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n"),
                ONCE);
        assertThat(no.kind()).isEqualTo(kind);
        assertThat(no.code()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(no).hasMessageContaining(sentence);
    }

    @Test
    void what_answers_is_not_HTTP() {
        ClientException no = refusal(ScriptedServer.answering("SSH-2.0-OpenSSH_9.6\r\n\r\n"), ONCE);
        assertThat(no.kind()).isEqualTo(Kind.HANDSHAKE);
    }

    @Test
    void the_head_of_the_answer_does_not_end() {
        ClientException no = refusal(ScriptedServer.answering("HTTP/1.1 101 X\r\nA: " + "a".repeat(100_000)), ONCE);
        assertThat(no.kind()).isEqualTo(Kind.HANDSHAKE);
        assertThat(no).hasMessageContaining("65,536");
    }

    @Test
    void the_handshake_is_slow() {
        ClientException no =
                refusal(ScriptedServer.answering("HTTP/1.1 101"), ONCE.connectTimeout(Duration.ofMillis(200)));
        assertThat(no.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(no).hasMessageContaining("within 200 ms");
    }

    @Test
    void the_connection_ends_in_the_handshake() {
        ClientException no = refusal(ScriptedServer.hangingUp(), ONCE);
        assertThat(no.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(no).hasMessageContaining("ended the connection without a word");
    }

    private static byte[] repeated(byte[] bytes, int count) {
        byte[] all = new byte[bytes.length * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }

    private static byte[] bad(String what) {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        return switch (what) {
            case "masked" -> Frames.masked(Frames.FIN | Frames.TEXT, text, 42);
            case "garbage" -> repeated(new byte[] {(byte) 0xFF, 0x13, 0x37}, 100);
            case "endless fragments" -> repeated(Frames.of(Frames.CONTINUATION, new byte[0]), 5000);
            case "huge" -> new byte[] {(byte) 0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0};
            case "not UTF-8" -> Frames.of(Frames.FIN | Frames.TEXT, new byte[] {(byte) 0xC3, 0x28});
            default -> throw new IllegalArgumentException(what);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "masked, Masked frame from server",
        "garbage, broke the protocol",
        "endless fragments, broke the protocol",
        "huge, Too Big",
        "not UTF-8, not valid UTF-8"
    })
    void the_server_breaks_the_WebSocket_protocol(String what, String sentence) {
        byte[] start = what.equals("endless fragments") ? Frames.of(Frames.TEXT, new byte[0]) : new byte[0];
        try (ScriptedServer server = ScriptedServer.opening(start, bad(what));
                PocketClient client = PocketClient.start(server.uri(), ONCE)) {
            ClientException no = no(client.opened());
            assertThat(no.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(no).hasMessageContaining(sentence);
        }
    }

    @Test
    void a_server_that_answers_nothing_is_not_waited_for() {
        String hello = "{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0\"}";
        try (ScriptedServer server = ScriptedServer.opening(Frames.text(hello));
                PocketClient client = PocketClient.connect(server.uri(), ONCE.answerTimeout(Duration.ofMillis(200)))) {
            ClientException no = no(client.channel("chat").ask("say", "x"));
            assertThat(no.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(no).hasMessageContaining("No answer within 200 ms");
        }
    }

    @Test
    void a_server_that_opens_and_says_no_more_is_not_waited_for() {
        try (ScriptedServer server = ScriptedServer.opening()) {
            ClientException no = refusal(server, ONCE.connectTimeout(Duration.ofMillis(300)));
            assertThat(no.kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void messages_that_are_no_pocket_do_no_harm() {
        String hello = "{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0\"}";
        BlockingQueue<ClientEvent> heard = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.opening(
                        Frames.text("nonsense"),
                        Frames.text("{\"socket\":{}}"),
                        Frames.text("{\"message\":7,\"data\":[[["),
                        Frames.text("{\"message\":7,\"offset\":{}}"),
                        Frames.text("{\"socket\":\"sent\",\"messageId\":[]}"),
                        Frames.text("[".repeat(100_000)),
                        Frames.binary(new byte[3]),
                        Frames.text(hello),
                        Frames.text("{\"message\":\"a.b\",\"data\":1}"));
                PocketClient client = PocketClient.start(server.uri(), ONCE)) {
            client.onAny(heard::add);
            get(client.opened());
            ClientEvent event = next(heard);
            while (!event.name().equals("b")) {
                event = next(heard);
            }
            assertThat(event.data().as(int.class)).isEqualTo(1);
        }
    }

    @Test
    void silence_is_noticed_within_the_ping_timeout() {
        String hello = "{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0\"}";
        ClientOptions watchful = ONCE.heartbeat(Duration.ofMillis(200), Duration.ofMillis(300));
        BlockingQueue<ClientException> ends = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.opening(Frames.text(hello));
                PocketClient client = PocketClient.start(server.uri(), watchful)) {
            client.onState((state, why) -> {
                if (state == ClientState.CLOSED) {
                    ends.add(why.orElseThrow());
                }
            });
            get(client.opened());
            long since = System.nanoTime();
            ClientException why = next(ends);
            assertThat(why.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(why).hasMessageContaining("no sign of life within 300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void closing_while_it_connects_leaves_nothing() {
        try (ScriptedServer server = ScriptedServer.answering("")) {
            PocketClient client = PocketClient.start(server.uri(), ClientOptions.DEFAULT);
            CompletionStage<PocketClient> opened = client.opened();
            client.close();
            assertThat(no(opened).kind()).isEqualTo(Kind.CLOSED);
        }
    }
}
