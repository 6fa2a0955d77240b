package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.client.ClientOptions.Language;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.frame.Frames;

/** Bad servers in the other dialects and behind the other doors; and what nobody thought of is nobody's end. */
@Timeout(60)
class RoughServersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger("org.pocketsocket.client.net.Loop");
    private static final String OPEN = "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}";
    private static final ClientOptions ONCE = ClientOptions.DEFAULT
            .connectTimeout(Duration.ofSeconds(2))
            .answerTimeout(Duration.ofSeconds(5))
            .attempts(0);

    private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();
    private final Handler noting = new Handler() {
        @Override
        public void publish(LogRecord line) {
            faults.add(line.getMessage() + " " + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void note() {
        LOG.addHandler(noting);
    }

    @AfterEach
    void nothing_is_left_and_no_fault_of_ours_was_logged() {
        LOG.removeHandler(noting);
        assertThat(faults).isEmpty();
        eventually(PATIENCE, PocketClientTest::ourThreads, () -> ourThreads().isEmpty());
    }

    private static ClientException end(URI uri, ClientOptions options) {
        BlockingQueue<ClientException> ends = new LinkedBlockingQueue<>();
        try (PocketClient client = PocketClient.start(uri, options)) {
            client.onState((state, why) -> {
                if (state == ClientState.CLOSED) {
                    ends.add(why.orElseThrow());
                }
            });
            return next(ends);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0{nonsense | broke the protocol",
                OPEN + " b!!! | broke the protocol",
                OPEN + " 49garbage | not a packet of Socket.IO",
                OPEN + " 4511-[] | bytes were announced",
                OPEN + " 459999999-[] | number out of range",
                OPEN + " 42[] | an event without a name",
                OPEN + " 42{\"not\":1} | broke the protocol",
                "0{\"pingInterval\":100,\"pingTimeout\":100} | no sign of life within 200 ms",
                "0{\"pingInterval\":999999999999999999,\"pingTimeout\":1} 1 | ended the session",
            })
    void socket_io_over_a_WebSocket(String packets, String sentence) {
        byte[][] frames = List.of(packets.strip().split(" ", -1)).stream()
                .map(packet -> Frames.text(packet.replace("4511-[]", "451-[]")))
                .toArray(byte[][]::new);
        byte[][] twice = packets.contains("4511") ? new byte[][] {frames[0], frames[1], frames[1]} : frames;
        ClientOptions options = ONCE.dialect(Language.SOCKET_IO).transports(Transport.WEBSOCKET);
        try (ScriptedServer server = ScriptedServer.opening(twice)) {
            ClientException why = end(server.uri(), options);
            assertThat(why).hasMessageContaining(sentence);
            assertThat(why.kind()).isIn(Kind.PROTOCOL, Kind.TIMEOUT, Kind.CLOSED);
        }
    }

    private static String http(String more, String body) {
        return "HTTP/1.1 200 OK\r\n" + more + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @ParameterizedTest
    @EnumSource
    void garbage_at_every_door(Door door) {
        for (String answer : List.of(
                http("", "garbage"),
                http("", ""),
                http("", "0{nonsense"),
                http("", "{\"session\":{}}"),
                http("Content-Type: text/event-stream\r\n", "event: session\ndata: nonsense\n\n"),
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + "x".repeat(100_000),
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100),
                "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
                "nonsense\r\n\r\n")) {
            try (ScriptedServer server = ScriptedServer.answering(answer)) {
                ClientOptions brief =
                        door.options.connectTimeout(Duration.ofMillis(250)).limits(1 << 16, 1 << 16);
                ClientException why = end(server.uri().resolve("/"), brief);
                assertThat(why.getMessage()).as(answer).isNotBlank().doesNotContain("Exception", "null");
            }
        }
    }

    enum Door {
        POLLING(Language.POCKET, Transport.POLLING),
        EVENTS(Language.POCKET, Transport.EVENTS),
        SOCKET_IO_POLLING(Language.SOCKET_IO, Transport.POLLING),
        SOCKET_IO_UPGRADE(Language.SOCKET_IO, Transport.POLLING, Transport.WEBSOCKET),
        OLD(Language.SOCKET_IO_OLD, Transport.WEBSOCKET),
        OLD_POLLING(Language.SOCKET_IO_OLD, Transport.POLLING);

        final ClientOptions options;

        Door(Language language, Transport... transports) {
            options = ONCE.dialect(language).transports(transports);
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int times = random.nextInt(4); times >= 0 && mutant.length() > 1; times--) {
            int at = random.nextInt(mutant.length());
            char odd = "{}[]\",:0159-+/\\bn \u0000\ufffd".charAt(random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> mutant.deleteCharAt(at);
                case 1 -> mutant.insert(at, odd);
                case 2 -> mutant.setCharAt(at, odd);
                default -> mutant.setLength(at + 1);
            }
        }
        return mutant.toString();
    }

    private static final List<String> POCKET = List.of(
            "{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0\",\"data\":{\"session\":\"s\",\"resumed\":true}}",
            "{\"message\":\"a.b\",\"offset\":17,\"room\":\"lobby\",\"data\":{\"x\":[1,2]}}",
            "{\"socket\":\"error\",\"messageId\":\"1\",\"code\":4404,\"error\":\"no\",\"reason\":\"x\"}",
            "{\"socket\":\"sent\",\"messageId\":\"1\",\"data\":1,\"history\":{\"\":{\"epoch\":\"e\",\"offset\":2,"
                    + "\"recovered\":true,\"events\":[{\"event\":\"said\",\"offset\":1,\"data\":\"a\"}]}}}",
            "{\"id\":\"7\",\"message\":\"a.ask\",\"data\":{}}");

    private static final List<String> SOCKET_IO = List.of(
            OPEN,
            "40/a,{\"sid\":\"y\",\"pid\":\"z\"}",
            "42/a,[\"b\",{\"x\":1},\"offset\"]",
            "451-/a,[\"b\",{\"_placeholder\":true,\"num\":0}]",
            "bAAEC",
            "43/a,1[1]",
            "44/a,{\"message\":\"no\"}",
            "2probe");

    private static final List<String> OLD = List.of(
            "1::/a",
            "3:1+:/a:text",
            "4::/a:{\"x\":1}",
            "5:2+:/a:{\"name\":\"b\",\"args\":[1,{}]}",
            "6:::1+[1,2]",
            "7::/a:1+0",
            "2::");

    @ParameterizedTest
    @ValueSource(strings = {"POCKET", "SOCKET_IO"})
    void a_hundred_conversations_that_go_wrong(Language language) {
        Random random = new Random(42);
        List<String> lines = language == Language.POCKET ? POCKET : SOCKET_IO;
        ClientOptions options = ONCE.dialect(language)
                .transports(Transport.WEBSOCKET)
                .attempts(1)
                .reconnect(Duration.ofMillis(1), Duration.ofMillis(1));
        for (int i = 0; i < 100; i++) {
            byte[][] frames = IntStream.range(0, 20)
                    .mapToObj(n -> n == 0 ? lines.get(0) : mutated(lines.get(random.nextInt(lines.size())), random))
                    .map(Frames::text)
                    .toArray(byte[][]::new);
            try (ScriptedServer server = ScriptedServer.opening(frames);
                    PocketClient client = PocketClient.start(server.uri(), options)) {
                var ignored = client.channel("a").join();
                client.channel("a").on("b", Payload::value);
                client.channel("a").onAsk("ask", Object.class, any -> 1);
                client.onError(problem -> {});
                get(client.opened().handle((opened, why) -> ""));
            }
        }
    }

    @Test
    void an_old_server_that_says_what_it_likes() {
        Random random = new Random(42);
        ClientOptions options = ClientOptions.DEFAULT
                .dialect(Language.SOCKET_IO_OLD)
                .transports(Transport.WEBSOCKET)
                .reconnect(Duration.ofMillis(1), Duration.ofMillis(1));
        try (OldServer server = new OldServer("websocket");
                PocketClient client = PocketClient.connect(server.uri(), options)) {
            client.onError(problem -> {});
            for (int i = 0; i < 500; i++) {
                eventually(PATIENCE, () -> client.state() + "", () -> client.state() != ClientState.CONNECTING);
                say(server, mutated(OLD.get(random.nextInt(OLD.size())), random));
            }
        }
    }

    private static void say(OldServer server, String packet) {
        try {
            server.says(packet);
        } catch (UncheckedIOException e) {
            // the client has hung up, and comes again
        }
    }

    // --- what the application does wrong

    @Test
    void a_token_that_never_comes_is_not_waited_for() throws InterruptedException {
        BlockingQueue<String> never = new LinkedBlockingQueue<>();
        ClientOptions options = ONCE.connectTimeout(Duration.ofMillis(200)).token(() -> {
            try {
                return never.take();
            } catch (InterruptedException e) {
                return "";
            }
        });
        try (ScriptedServer server = ScriptedServer.opening()) {
            ClientException no =
                    catchThrowableOfType(ClientException.class, () -> PocketClient.connect(server.uri(), options));
            assertThat(no.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(no).hasMessage("No token came within 200 ms");
        }
        never.put("late");
    }

    @Test
    void a_handler_that_ends_with_an_error_ends_its_thread_only() {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (HubServer server = HubServer.with(new Chat());
                PocketClient client = PocketClient.connect(server.uri())) {
            client.channel("chat").on("numbered", Integer.class, number -> {
                heard.add(number);
                throw new AssertionError("number " + number);
            });
            assertThat(get(client.channel("chat").ask("number", 1, Integer.class)))
                    .isEqualTo(1);
            assertThat(get(client.channel("chat").ask("number", 2, Integer.class)))
                    .isEqualTo(2);
            assertThat(next(heard)).isEqualTo(1);
            assertThat(next(heard)).isEqualTo(2);
        }
    }

    @Test
    void where_the_applications_threads_have_ended_ours_step_in() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        ClientOptions options = ClientOptions.DEFAULT.executor(ended);
        try (HubServer server = HubServer.with(new Chat());
                PocketClient client = PocketClient.connect(server.uri(), options)) {
            client.channel("chat").on("numbered", Integer.class, heard::add);
            assertThat(get(client.channel("chat").ask("number", 1, Integer.class)))
                    .isEqualTo(1);
            assertThat(next(heard)).isEqualTo(1);
        }
    }

    @Test
    void who_asks_after_the_end_is_told_of_it() {
        try (HubServer server = HubServer.with(new Chat())) {
            PocketClient client = PocketClient.connect(server.uri());
            client.close();
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            Runnable undo = client.onState(
                    (state, why) -> told.add(state + " " + why.orElseThrow().kind()));
            assertThat(next(told)).isEqualTo("CLOSED CLOSED");
            undo.run();
        }
    }

    @Test
    void when_close_returns_no_thread_is_left() {
        try (HubServer server = HubServer.with(new Chat())) {
            for (int i = 0; i < 20; i++) {
                PocketClient client = PocketClient.connect(server.uri());
                client.channel("chat").send("number", i);
                client.close();
                assertThat(ourThreads()).doesNotContain("loop");
            }
        }
    }
}
