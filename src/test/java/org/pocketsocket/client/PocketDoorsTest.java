package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;
import static org.pocketsocket.client.PocketClientTest.no;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pocketsocket.client.Chat.Line;
import org.pocketsocket.client.Chat.Receipt;
import org.pocketsocket.client.Chat.Said;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.client.ClientOptions.Transport;

/** The same conversation through every door, and from one to the next. */
@Timeout(60)
class PocketDoorsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ClientOptions QUICK = ClientOptions.DEFAULT
            .reconnect(Duration.ofMillis(20), Duration.ofMillis(100))
            .connectTimeout(Duration.ofSeconds(3));

    private final HubServer server = HubServer.with(new Chat());

    @AfterEach
    void nothing_is_left() {
        server.close();
        eventually(PATIENCE, PocketClientTest::ourThreads, () -> ourThreads().isEmpty());
    }

    private PocketClient connect(Transport transport) {
        return PocketClient.connect(server.base(), QUICK.transports(transport));
    }

    private List<String> asked() {
        synchronized (server.mail().asked) {
            return List.copyOf(server.mail().asked);
        }
    }

    @ParameterizedTest
    @EnumSource
    void joins_hears_asks_and_is_asked(Transport transport) {
        try (PocketClient client = connect(transport)) {
            PocketChannel chat = client.channel("chat");
            BlockingQueue<Said> heard = new LinkedBlockingQueue<>();
            chat.on("said", Said.class, heard::add);
            chat.onAsk("quiz", String.class, question -> "42");
            assertThat(get(chat.join()).map()).containsEntry("greeting", "hello");
            assertThat(get(chat.ask("say", new Line("grüße\n☃"), Receipt.class)))
                    .isEqualTo(new Receipt(7));
            assertThat(next(heard)).isEqualTo(new Said("grüße\n☃", 7));
            assertThat(get(chat.ask("quiz me", null, String.class))).isEqualTo("42");
            assertThat(no(chat.ask("say", new Line("!"))).error()).isEqualTo("loud");
        }
        eventually(PATIENCE, () -> server.peers() + " peers", () -> server.peers() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void many_events_keep_their_order_both_ways(Transport transport) {
        try (PocketClient client = connect(transport)) {
            PocketChannel chat = client.channel("chat");
            BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
            chat.on("numbered", Integer.class, heard::add);
            get(chat.join());
            IntStream.range(0, 3000).forEach(number -> chat.send("number", number));
            List<Integer> got = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                got.add(next(heard));
            }
            assertThat(got).isEqualTo(IntStream.range(0, 3000).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "EVENTS"})
    void what_breaks_off_is_repeated_and_handled_once(Transport transport) {
        try (PocketClient client = connect(transport)) {
            BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
            BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
            PocketChannel chat = client.channel("chat");
            chat.on("numbered", Integer.class, heard::add);
            get(chat.join());
            client.onState((state, why) -> states.add(state));
            for (int i = 0; i < 20; i++) {
                server.mail().lostAnswers.set(1);
                assertThat(get(chat.ask("number", i, Integer.class))).isEqualTo(i);
                assertThat(next(heard)).isEqualTo(i);
            }
            assertThat(heard).isEmpty();
            assertThat(states).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "EVENTS"})
    void a_busy_server_is_asked_again_in_a_second(Transport transport) {
        try (PocketClient client = connect(transport)) {
            server.mail().busy.set(1);
            assertThat(get(client.channel("chat").ask("number", 1, Integer.class)))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "EVENTS"})
    void a_server_that_forgot_the_session_is_met_anew(Transport transport) {
        try (PocketClient client = connect(transport)) {
            BlockingQueue<Boolean> joins = new LinkedBlockingQueue<>();
            PocketChannel chat = client.channel("chat");
            chat.onJoin(joins::add);
            get(chat.join());
            server.mail().forget();
            server.cut();
            assertThat(next(joins)).isFalse();
            assertThat(next(joins)).isTrue();
            assertThat(get(chat.ask("number", 1, Integer.class))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POLLING", "EVENTS"})
    void a_cut_network_is_no_lost_connection(Transport transport) {
        try (PocketClient client = connect(transport)) {
            BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
            BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
            PocketChannel chat = client.channel("chat");
            chat.on("numbered", Integer.class, heard::add);
            get(chat.join());
            client.onState((state, why) -> states.add(state));
            for (int i = 0; i < 5; i++) {
                server.cut();
                server.channel("chat").send("numbered", i);
                assertThat(next(heard)).isEqualTo(i);
            }
            assertThat(states).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_server_may_say_goodbye_for_good(Transport transport) {
        try (PocketClient client = connect(transport)) {
            BlockingQueue<ClientException> ends = new LinkedBlockingQueue<>();
            client.onState((state, why) -> why.ifPresent(ends::add));
            get(client.channel("chat").join());
            server.dismiss();
            ClientException end = next(ends);
            assertThat(end.code()).isEqualTo(4001);
            assertThat(end).hasMessageContaining("closed the connection (4001): out");
            assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_sent_before_the_close_still_leaves(Transport transport) {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (PocketClient other = PocketClient.connect(server.uri(), QUICK)) {
            other.channel("chat").on("numbered", Integer.class, heard::add);
            get(other.channel("chat").join());
            try (PocketClient client = connect(transport)) {
                IntStream.range(0, 50).forEach(i -> client.channel("chat").send("number", i));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(next(heard)).isEqualTo(i);
            }
            eventually(PATIENCE, () -> server.peers() + " peers", () -> server.peers() == 1);
        }
    }

    @Test
    void where_no_WebSocket_is_to_be_had_polling_is_tried() {
        server.withoutWebSockets();
        try (PocketClient client = PocketClient.connect(server.base(), QUICK)) {
            assertThat(get(client.channel("chat").ask("number", 1, Integer.class)))
                    .isEqualTo(1);
        }
        assertThat(asked())
                .extracting(line -> line.replaceFirst(" \\{.*", "").strip())
                .startsWith("GET /pocket/direct", "GET /pocket", "POST /pocket/poll");
    }

    @Test
    void the_order_is_ones_own_choice() {
        try (PocketClient client =
                PocketClient.connect(server.base(), QUICK.transports(Transport.EVENTS, Transport.WEBSOCKET))) {
            get(client.channel("chat").join());
        }
        assertThat(asked()).first().asString().startsWith("GET /pocket/events");
        assertThat(server.requests())
                .noneMatch(request -> request.headers().first("Upgrade").isPresent());
    }

    @Test
    void a_door_may_be_named() {
        for (String door : List.of("pocket", "pocket/direct", "pocket/poll", "pocket/events")) {
            try (PocketClient client = PocketClient.connect(server.base().resolve(door), QUICK)) {
                get(client.channel("chat").join());
            }
            assertThat(server.requests()).as(door).last().satisfies(request -> assertThat(request.target())
                    .isEqualTo("/" + door));
        }
    }

    @Test
    void a_proxy_that_swallows_WebSockets_is_got_around() throws IOException {
        try (Relay proxy = Relay.to(server.port())) {
            proxy.swallowing("Upgrade: websocket");
            ClientOptions brief = QUICK.connectTimeout(Duration.ofMillis(500));
            try (PocketClient client = PocketClient.connect(proxy.uri("ws", "/"), brief)) {
                assertThat(get(client.channel("chat").ask("number", 1, Integer.class)))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void nobody_there_is_told_without_trying_every_door() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ClientException no = catchThrowableOfType(
                ClientException.class,
                () -> PocketClient.connect(java.net.URI.create("ws://localhost:" + port + "/"), QUICK));
        assertThat(no.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource
    void silence_is_noticed_within_the_ping_timeout(Transport transport) throws IOException {
        ClientOptions watchful = QUICK.transports(transport).heartbeat(Duration.ofMillis(200), Duration.ofMillis(300));
        try (Relay network = Relay.to(server.port());
                PocketClient client = PocketClient.connect(network.uri("ws", "/"), watchful)) {
            BlockingQueue<ClientException> ends = new LinkedBlockingQueue<>();
            client.onState((state, why) -> why.ifPresent(ends::add));
            CompletionStage<Payload> joined = client.channel("chat").join();
            get(joined);
            network.silence();
            long since = System.nanoTime();
            assertThat(next(ends)).hasMessageContaining("no sign of life within 300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
            network.speak();
            eventually(
                    PATIENCE,
                    () -> client.state() + "",
                    () -> client.channel("chat").isJoined() && client.state() == ClientState.OPEN);
            assertThat(get(client.channel("chat").ask("number", 1, Integer.class)))
                    .isEqualTo(1);
        }
    }
}
