package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;
import static org.pocketsocket.client.PocketClientTest.no;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.client.ClientOptions.Language;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.test.NodeServer;

/** The client against the real Socket.IO 4 server, over everything it offers. */
@Timeout(60)
class SocketIoServerTest {

    private static NodeServer server;

    enum Over {
        WEBSOCKET(Transport.WEBSOCKET),
        POLLING(Transport.POLLING),
        UPGRADE(Transport.POLLING, Transport.WEBSOCKET);

        final ClientOptions options;

        Over(Transport... transports) {
            options = ClientOptions.DEFAULT
                    .dialect(Language.SOCKET_IO)
                    .transports(transports)
                    .reconnect(Duration.ofMillis(20), Duration.ofMillis(100));
        }
    }

    @BeforeAll
    static void start() {
        server = NodeServer.start("socketio-server.js", "polling,websocket", "{\"pingInterval\":300}");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void nothing_is_left() {
        eventually(Duration.ofSeconds(10), PocketClientTest::ourThreads, () -> ourThreads()
                .isEmpty());
    }

    private static PocketClient connect(Over over) {
        return PocketClient.connect(server.uri(), over.options);
    }

    @ParameterizedTest
    @EnumSource
    void events_go_out_and_come_in(Over over) {
        try (PocketClient client = connect(over)) {
            PocketChannel chat = client.channel("chat");
            BlockingQueue<Payload> heard = new LinkedBlockingQueue<>();
            chat.on("heard", heard::add);
            assertThat(get(chat.join()).map()).containsKey("sid");
            chat.send("shout", Map.of("text", "hällo ☃ \u001e"));
            assertThat(next(heard).map()).containsEntry("text", "hällo ☃ \u001e");
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgements_go_both_ways(Over over) {
        try (PocketClient client = connect(over)) {
            PocketChannel root = client.channel("/");
            root.onAsk("question", String.class, question -> question + " 42");
            assertThat(get(root.ask("echo", 7, Integer.class))).isEqualTo(7);
            assertThat(get(root.ask("ask me", "the answer?", String.class))).isEqualTo("the answer? 42");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytes_go_both_ways_wherever_they_lie(Over over) {
        byte[] bytes = {0, 1, 2, (byte) 0xFF};
        try (PocketClient client = connect(over)) {
            PocketChannel root = client.channel("/");
            assertThat(get(root.ask("echo", bytes, byte[].class))).isEqualTo(bytes);
            Payload nested = get(root.ask("echo", Map.of("list", List.of(bytes, "x", new byte[0]))));
            List<?> list = (List<?>) nested.map().get("list");
            assertThat((byte[]) list.get(0)).isEqualTo(bytes);
            assertThat(list.get(1)).isEqualTo("x");
            assertThat((byte[]) list.get(2)).isEmpty();
            root.onAsk("question", byte[].class, given -> given);
            assertThat(get(root.ask("ask me", bytes, byte[].class))).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void many_events_keep_their_order(Over over) {
        try (PocketClient client = connect(over)) {
            PocketChannel root = client.channel("/");
            BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
            root.on("number", Integer.class, heard::add);
            get(root.join());
            root.send("many", 1000);
            List<Integer> got = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                got.add(next(heard));
            }
            assertThat(got).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_sent_before_the_close_still_leaves(Over over) {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (PocketClient other = connect(Over.WEBSOCKET)) {
            other.channel("chat").on("heard", Integer.class, heard::add);
            get(other.channel("chat").join());
            for (int round = 0; round < 10; round++) {
                try (PocketClient client = connect(over)) {
                    get(client.channel("chat").join());
                    IntStream.range(0, 50).forEach(i -> client.channel("chat").send("shout", i));
                }
                for (int i = 0; i < 50; i++) {
                    assertThat(next(heard)).isEqualTo(i);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_transport_is_the_one_that_was_asked_for(Over over) {
        String wanted = over == Over.POLLING ? "polling" : "websocket";
        try (PocketClient client = connect(over)) {
            PocketChannel root = client.channel("/");
            eventually(Duration.ofSeconds(10), () -> "not over " + wanted, () -> get(root.ask("transport"))
                    .json()
                    .contains(wanted));
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_lives_over_many_heartbeats(Over over) {
        try (PocketClient client = connect(over)) {
            BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
            PocketChannel root = client.channel("/");
            get(root.join());
            client.onState((state, why) -> states.add(state));
            long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            eventually(Duration.ofSeconds(5), () -> "", () -> System.nanoTime() > until);
            assertThat(states).isEmpty();
            assertThat(get(root.ask("echo", 1, Integer.class))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_namespace_may_say_no(Over over) {
        try (PocketClient client = connect(over)) {
            ClientException no = no(client.channel("closed").join());
            assertThat(no.kind()).isEqualTo(Kind.REJECTED);
            assertThat(no).hasMessage("members only");
            assertThat(no(client.channel("no such").join())).hasMessageContaining("Invalid namespace");
            assertThat(get(client.channel("/").ask("echo", 1, Integer.class))).isEqualTo(1);
        }
    }

    @Test
    void a_token_and_headers_are_shown() {
        ClientOptions options = Over.WEBSOCKET
                .options
                .token(() -> "open sesame")
                .header("X-Mine", "yes")
                .cookie("flavour", "vanilla");
        try (PocketClient client = PocketClient.connect(server.uri(), options)) {
            get(client.channel("secret").join());
            assertThat(get(client.channel("secret").ask("echo", 1, Integer.class)))
                    .isEqualTo(1);
        }
        try (PocketClient client = connect(Over.WEBSOCKET)) {
            assertThat(no(client.channel("secret").join())).hasMessage("who are you?");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_cut_connection_comes_back_and_namespaces_are_joined_again(Over over) {
        try (PocketClient client = connect(over)) {
            BlockingQueue<Boolean> joins = new LinkedBlockingQueue<>();
            PocketChannel chat = client.channel("chat");
            chat.onJoin(joins::add);
            get(chat.join());
            assertThat(next(joins)).isFalse();
            chat.send("cut");
            assertThat(next(joins)).isTrue();
            assertThat(get(chat.ask("echo", "again", String.class))).isEqualTo("again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_server_may_end_a_namespace(Over over) {
        try (PocketClient client = connect(over)) {
            BlockingQueue<ClientException> ends = new LinkedBlockingQueue<>();
            PocketChannel chat = client.channel("chat");
            chat.onLeave(ends::add);
            get(chat.join());
            chat.send("end");
            assertThat(next(ends).kind()).isEqualTo(Kind.CLOSED);
            assertThat(get(client.channel("/").ask("echo", 1, Integer.class))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaving_a_namespace_leaves_the_others(Over over) {
        try (PocketClient client = connect(over)) {
            get(client.channel("chat").join());
            get(client.channel("keystore").join());
            get(client.channel("chat").leave());
            assertThat(get(client.channel("keystore").ask("echo", 1, Integer.class)))
                    .isEqualTo(1);
            get(client.channel("chat").join());
        }
    }

    @Test
    void where_a_server_has_no_WebSocket_polling_is_tried() {
        ClientOptions both = ClientOptions.DEFAULT.dialect(Language.SOCKET_IO);
        try (NodeServer polling = NodeServer.start("socketio-server.js", "polling");
                PocketClient client = PocketClient.connect(polling.uri(), both)) {
            assertThat(get(client.channel("/").ask("transport")).value()).isEqualTo("polling");
        }
    }

    @Test
    void what_is_no_socket_io_is_told() {
        try (ScriptedServer other = ScriptedServer.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
            for (Over over : Over.values()) {
                ClientException no = catchThrowableOfType(
                        ClientException.class, () -> PocketClient.connect(other.uri(), over.options));
                assertThat(no.kind()).isEqualTo(Kind.REFUSED);
                assertThat(no).hasMessageContaining("404");
            }
        }
    }

    @Test
    void a_missed_ping_is_noticed() {
        String open = "{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":100,\"pingTimeout\":100,\"maxPayload\":1000}";
        try (ScriptedServer silent = ScriptedServer.opening(org.pocketsocket.frame.Frames.text("0" + open));
                PocketClient client = PocketClient.start(silent.uri(), Over.WEBSOCKET.options.attempts(0))) {
            BlockingQueue<ClientException> ends = new LinkedBlockingQueue<>();
            client.onState((state, why) -> why.ifPresent(ends::add));
            assertThat(next(ends)).hasMessageContaining("no sign of life within 200 ms");
        }
    }
}
