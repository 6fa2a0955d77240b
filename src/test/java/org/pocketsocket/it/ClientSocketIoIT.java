package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pocketsocket.client.ClientException;
import org.pocketsocket.client.ClientOptions;
import org.pocketsocket.client.ClientOptions.Language;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.client.Payload;
import org.pocketsocket.client.PocketChannel;
import org.pocketsocket.client.PocketClient;
import org.pocketsocket.client.SocketIo;
import org.pocketsocket.client.SocketIoChannel;
import org.pocketsocket.client.SocketIoHandler;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** The Java client speaks Socket.IO, of today and of old, with our own server. */
class ClientSocketIoIT {

    private static Server server;

    enum Over {
        WEBSOCKET(Language.SOCKET_IO, "websocket", Transport.WEBSOCKET),
        POLLING(Language.SOCKET_IO, "polling", Transport.POLLING),
        UPGRADE(Language.SOCKET_IO, "websocket", Transport.POLLING, Transport.WEBSOCKET),
        OLD_WEBSOCKET(Language.SOCKET_IO_OLD, "websocket", Transport.WEBSOCKET),
        OLD_POLLING(Language.SOCKET_IO_OLD, "polling", Transport.POLLING);

        final ClientOptions options;
        final String transport;

        Over(Language language, String transport, Transport... transports) {
            this.transport = transport;
            options = ClientOptions.DEFAULT.dialect(language).transports(transports);
        }

        boolean isOld() {
            return name().startsWith("OLD");
        }
    }

    @BeforeAll
    static void start() {
        server = Shared.FIXTURE.server();
    }

    private static PocketClient connect(Over over) {
        return PocketClient.connect(server.uri("/"), over.options);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @ParameterizedTest
    @EnumSource
    void asks_and_is_asked(Over over) throws Exception {
        try (PocketClient client = connect(over)) {
            PocketChannel root = client.channel("/");
            root.onAsk("question", String.class, question -> "re: " + question);
            assertThat(get(root.ask("message-with-ack", Map.of("é€😀", List.of(1, true))))
                            .json())
                    .isEqualTo("{\"é€😀\":[1,true]}");
            assertThat(get(root.ask("ask-me", "tea", String.class))).isEqualTo("re: tea");
        }
    }

    @ParameterizedTest
    @EnumSource
    void goes_over_the_transport_that_was_wanted(Over over) throws Exception {
        try (PocketClient client = connect(over)) {
            PocketChannel root = client.channel("/");
            String used = "";
            for (int i = 0; i < 1000 && !over.transport.equals(used); i++) {
                used = get(root.ask("transport", null, String.class));
            }
            assertThat(used).contains(over.transport);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "POLLING", "UPGRADE"})
    void bytes_go_both_ways(Over over) throws Exception {
        byte[] bytes = {0, 1, 2, (byte) 0xFF};
        try (PocketClient client = connect(over)) {
            PocketChannel root = client.channel("/");
            assertThat(get(root.ask("message-with-ack", bytes, byte[].class))).isEqualTo(bytes);
            Payload nested = get(root.ask("message-with-ack", Map.of("list", List.of(bytes, "x"))));
            assertThat((byte[]) ((List<?>) nested.map().get("list")).get(0)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void many_events_keep_their_order_and_those_before_the_close_arrive(Over over) throws Exception {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (PocketClient other = connect(Over.WEBSOCKET)) {
            PocketChannel custom = other.channel("custom");
            custom.on("said", Integer.class, heard::add);
            get(custom.join());
            try (PocketClient client = connect(over)) {
                get(client.channel("custom").join());
                IntStream.range(0, 100).forEach(i -> client.channel("custom").send("say", i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(next(heard)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void comes_back_when_it_is_cut_off(Over over) throws Exception {
        try (PocketClient client = connect(over)) {
            BlockingQueue<Boolean> joins = new LinkedBlockingQueue<>();
            PocketChannel root = client.channel("/");
            root.onJoin(joins::add);
            get(root.join());
            assertThat(next(joins)).isFalse();
            root.send("drop");
            assertThat(next(joins)).isTrue();
            assertThat(get(root.ask("message-with-ack", 1, Integer.class))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "POLLING", "UPGRADE"})
    void a_no_has_its_code(Over over) throws Exception {
        try (PocketClient client = connect(over)) {
            BlockingQueue<Throwable> no = new LinkedBlockingQueue<>();
            var ignored = client.channel("guarded").join().exceptionally(failure -> {
                no.add(failure);
                return Payload.of("");
            });
            assertThat(next(no)).isInstanceOf(ClientException.class).hasMessage("not authorized");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_familiar_face(Over over) throws Exception {
        BlockingQueue<String> notes = new LinkedBlockingQueue<>();
        SocketIoHandler handler = new SocketIoHandler() {
            @Override
            public void onConnect(SocketIoChannel socket) {
                notes.add("connect " + socket.name());
            }

            @Override
            public void onDisconnect() {
                notes.add("disconnect");
            }

            public void onEchoBack(String text, int number) {
                notes.add(text + " " + number);
            }
        };
        try (SocketIo socket = SocketIo.connect(server.uri("/"), handler, over.options)) {
            assertThat(next(notes)).isEqualTo("connect /");
            socket.emit("echo", "tea", 2);
            assertThat(next(notes)).isEqualTo("tea 2");
            SocketIoChannel custom = socket.connect("/custom", handler);
            assertThat(next(notes)).isEqualTo("connect /custom");
            custom.disconnect();
            assertThat(next(notes)).isEqualTo("disconnect");
            socket.emit("message-with-ack", answer -> notes.add("answer " + answer), 1, "two");
            assertThat(next(notes)).isEqualTo("answer [1, \"two\"]");
        }
    }
}
