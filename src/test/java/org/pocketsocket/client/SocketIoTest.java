package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.client.ClientOptions.Language;
import org.pocketsocket.client.ClientOptions.Transport;

/** The familiar face, line by line of the seed (SC-1 to SC-19), and the old protocol as the original spoke it. */
@Timeout(60)
class SocketIoTest {

    private static final ClientOptions OLD = ClientOptions.DEFAULT
            .dialect(Language.SOCKET_IO_OLD)
            .reconnect(Duration.ofMillis(20), Duration.ofMillis(100))
            .answerTimeout(Duration.ofSeconds(5));

    private final OldServer server = new OldServer("websocket,xhr-polling");
    private final Notes notes = new Notes();

    @AfterEach
    void nothing_is_left() {
        server.close();
        eventually(Duration.ofSeconds(10), PocketClientTest::ourThreads, () -> ourThreads()
                .isEmpty());
    }

    /** A handler that notes all that happens. */
    public static class Notes implements SocketIoHandler {

        final BlockingQueue<String> all = new LinkedBlockingQueue<>();
        volatile SocketIoChannel socket;

        private void note(Object... what) {
            all.add(Arrays.stream(what).map(String::valueOf).collect(Collectors.joining(" ")));
        }

        @Override
        public void onConnect(SocketIoChannel channel) {
            socket = channel;
            note("connect", channel.name());
        }

        @Override
        public void onReconnect(SocketIoChannel channel) {
            note("reconnect", channel.name());
        }

        @Override
        public void onDisconnect() {
            note("disconnect");
        }

        @Override
        public void onError(String name, String message) {
            note("error", name, message);
        }

        @Override
        public void onMessage(String id, Object message) {
            note("message", id, message);
        }

        @Override
        public void onOpen() {
            note("open");
        }

        @Override
        public void onClose() {
            note("close");
        }

        @Override
        public void onRetry() {
            note("retry");
        }

        @Override
        public void ack(long id, String name, List<Payload> args) {
            note("ack", id, name, args);
        }

        @Override
        public void unknownEvent(String name, List<Payload> args) {
            note("unknown", name, args, Thread.currentThread().getName());
        }

        public void on_msg_to_room(String user, String message) {
            note("msg to room", user, message);
        }

        public void onBigNews(int number, Map<String, Object> data, boolean missing) {
            note("big news", number, data, missing);
        }

        @OnEvent("a:b")
        public void whatever(List<Integer> numbers) {
            note("a:b", numbers);
        }

        public void on_sum(int a, int b, SocketIoReply reply) {
            reply.send(a + b);
        }

        public int on_product(int a, int b) {
            return a * b;
        }

        String next() {
            return PocketClientTest.next(all);
        }

        /** Skips what was noted until then. */
        String next(String start) {
            String note = next();
            while (!note.startsWith(start)) {
                note = next();
            }
            return note;
        }
    }

    private SocketIo connect() {
        return SocketIo.connect(server.uri(), notes, OLD);
    }

    private String got() {
        return next(server.got);
    }

    // SC-1
    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "POLLING"})
    void SC_1_it_connects_at_once(Transport transport) {
        try (SocketIo socket = SocketIo.connect(server.uri(), notes, OLD.transports(transport))) {
            assertThat(notes.next()).isEqualTo("open");
            assertThat(notes.next()).isEqualTo("connect /");
            assertThat(next(server.paths)).isEqualTo("/socket.io/1/");
            String name = transport == Transport.WEBSOCKET ? "websocket" : "xhr-polling";
            assertThat(next(server.paths)).isEqualTo("/socket.io/1/" + name + "/sid");
            assertThat(socket.root().name()).isEqualTo("/");
        }
    }

    // SC-1
    @Test
    void SC_1_what_goes_wrong_at_the_start_is_told_in_the_originals_words() {
        try (ScriptedServer refusing = ScriptedServer.answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
                ScriptedServer other =
                        ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\nsid:60:60:htmlfile");
                OldServer gone = new OldServer("websocket")) {
            gone.close();
            assertThat(failure(gone.port())).startsWith("Could not start connection");
            assertThat(failure(refusing.port())).startsWith("Could not establish connection");
            assertThat(failure(other.port())).startsWith("Could not parse handshake");
        }
    }

    private String failure(int port) {
        java.net.URI uri = java.net.URI.create("http://localhost:" + port + "/");
        return catchThrowableOfType(ClientException.class, () -> SocketIo.connect(uri, notes, OLD))
                .getMessage();
    }

    // SC-1
    @Test
    void SC_1_the_port_may_be_text() {
        ClientException no = catchThrowableOfType(
                ClientException.class, () -> SocketIo.connect("localhost", "1", new SocketIoHandler() {}));
        assertThat(no.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    // SC-2
    @Test
    void SC_2_heartbeats_are_sent_two_seconds_before_the_timeout_and_answered() {
        try (OldServer quick = new OldServer("websocket", 3, 0);
                SocketIo socket = SocketIo.connect(quick.uri(), notes, OLD)) {
            long since = System.nanoTime();
            assertThat(next(quick.got)).isEqualTo("2::");
            assertThat(Duration.ofNanos(System.nanoTime() - since))
                    .isBetween(Duration.ofMillis(500), Duration.ofMillis(2900));
            quick.got.clear();
            quick.says("2::");
            assertThat(next(quick.got)).isEqualTo("2::");
            assertThat(socket.root()).isNotNull();
        }
    }

    // SC-2
    @Test
    void SC_2_a_silent_server_is_given_up() {
        try (OldServer silent = new OldServer("websocket", 1, 0);
                SocketIo socket = SocketIo.connect(silent.uri(), notes, OLD)) {
            assertThat(notes.next("disconnect")).isEqualTo("disconnect");
            assertThat(notes.next("reconnect")).isEqualTo("reconnect /");
        }
    }

    // SC-3
    @Test
    void SC_3_emit_writes_an_event_with_its_arguments() {
        try (SocketIo socket = connect()) {
            socket.emit("news", Map.of("hello", "world"));
            assertThat(got()).isEqualTo("5:::{\"name\":\"news\",\"args\":[{\"hello\":\"world\"}]}");
            socket.emit("bare");
            assertThat(got()).isEqualTo("5:::{\"name\":\"bare\"}");
            socket.emit("three", 1, "two", List.of(3.5, true));
            assertThat(got()).isEqualTo("5:::{\"name\":\"three\",\"args\":[1,\"two\",[3.5,true]]}");
            socket.root().emitWithId(7, "mine", "x");
            assertThat(got()).isEqualTo("5:7::{\"name\":\"mine\",\"args\":[\"x\"]}");
        }
    }

    // SC-4
    @Test
    void SC_4_send_writes_text_as_a_message_and_all_else_as_json() {
        try (SocketIo socket = connect()) {
            socket.send("woot");
            assertThat(got()).isEqualTo("3:::woot");
            socket.send(Map.of("a", "b"));
            assertThat(got()).isEqualTo("4:::{\"a\":\"b\"}");
            socket.root().sendWithId(3, "numbered");
            assertThat(got()).isEqualTo("3:3::numbered");
        }
    }

    // SC-5
    @Test
    void SC_5_the_handler_runs_on_one_named_thread() {
        try (SocketIo socket = connect()) {
            server.says("5:::{\"name\":\"who\"}");
            assertThat(notes.next("unknown")).endsWith("socketio-localhost:" + server.port());
            assertThat(Thread.currentThread().getName()).doesNotStartWith("socketio");
        }
    }

    // SC-6
    @Test
    void SC_6_connects_messages_errors_and_the_end_are_told() {
        try (SocketIo socket = connect()) {
            assertThat(notes.next("connect")).isEqualTo("connect /");
            server.says("3:::blabla").says("4:::{\"a\":[1]}").says("3:9::with an id");
            assertThat(notes.next()).isEqualTo("message  blabla");
            assertThat(notes.next()).isEqualTo("message  {a=[1]}");
            assertThat(notes.next()).isEqualTo("message 9 with an id");
            assertThat(got()).as("an acknowledgement of receipt").isEqualTo("6:::9");
            server.says("7:::2+0");
            assertThat(notes.next()).isEqualTo("error 2 0");
            server.says("0::");
            assertThat(notes.next()).isEqualTo("disconnect");
        }
    }

    // SC-7
    @Test
    void SC_7_the_transports_comings_and_goings_are_told() {
        try (SocketIo socket = connect()) {
            assertThat(notes.next()).isEqualTo("open");
            assertThat(notes.next()).isEqualTo("connect /");
            server.cut();
            assertThat(notes.next()).isEqualTo("disconnect");
            assertThat(notes.next()).isEqualTo("close");
            assertThat(notes.next()).isEqualTo("retry");
            assertThat(notes.next("open")).isEqualTo("open");
            assertThat(notes.next()).isEqualTo("reconnect /");
            socket.disconnect();
            assertThat(notes.next()).isEqualTo("disconnect");
            assertThat(notes.next()).isEqualTo("close");
        }
    }

    // SC-8
    @Test
    void SC_8_events_find_their_methods_and_arguments_their_types() {
        try (SocketIo socket = connect()) {
            server.says("5:::{\"name\":\"msg to room\",\"args\":[\"ada\",\"hi\",\"more\"]}");
            assertThat(notes.next("msg")).isEqualTo("msg to room ada hi");
            server.says("5:::{\"name\":\"big news\",\"args\":[42,{\"x\":1},true]}");
            assertThat(notes.next()).isEqualTo("big news 42 {x=1} true");
            server.says("5:::{\"name\":\"a:b\",\"args\":[[1,2]]}");
            assertThat(notes.next()).isEqualTo("a:b [1, 2]");
            server.says("5:::{\"name\":\"big news\",\"args\":[\"no number\"]}");
            assertThat(notes.next()).startsWith("error handler").contains("does not fit int");
        }
    }

    // SC-9
    @Test
    void SC_9_an_event_without_a_method_is_unknown() {
        try (SocketIo socket = connect()) {
            server.says("5:::{\"name\":\"no such thing\",\"args\":[1,\"a\"]}");
            assertThat(notes.next("unknown")).startsWith("unknown on_no_such_thing [1, \"a\"]");
            server.says("5:::{nonsense");
            assertThat(notes.next("unknown")).startsWith("unknown on_ []");
            server.says("5:::{\"name\":\"Connect\",\"args\":[]}");
            assertThat(notes.next()).as("not the handler's own method").startsWith("unknown on_Connect");
        }
    }

    // SC-10
    @Test
    void SC_10_functions_attached_to_events_come_before_methods() {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (SocketIo socket = connect()) {
            Runnable undo = socket.root()
                    .on("msg to room", args -> heard.add(args.get(1).as(String.class)));
            socket.root().once("once", args -> heard.add("once"));
            server.says("5:::{\"name\":\"msg to room\",\"args\":[\"ada\",\"hi\"]}");
            assertThat(next(heard)).isEqualTo("hi");
            server.says("5:::{\"name\":\"once\"}").says("5:::{\"name\":\"once\"}");
            assertThat(next(heard)).isEqualTo("once");
            assertThat(notes.next("unknown")).startsWith("unknown on_once");
            undo.run();
            server.says("5:::{\"name\":\"msg to room\",\"args\":[\"ada\",\"again\"]}");
            assertThat(notes.next("msg")).isEqualTo("msg to room ada again");
            assertThat(heard).isEmpty();
        }
    }

    // SC-11
    @Test
    void SC_11_one_can_wait_for_the_end_or_for_a_time_or_for_replies() throws InterruptedException {
        try (SocketIo socket = connect()) {
            assertThat(socket.await(Duration.ofMillis(50))).isFalse();
            socket.emit("question", args -> {});
            assertThat(socket.awaitReplies(Duration.ofMillis(50))).isFalse();
            assertThat(got()).startsWith("5:").contains("question");
            server.says("6:::2");
            assertThat(socket.awaitReplies(Duration.ofSeconds(5))).isTrue();
            server.says("0::");
            socket.await();
            assertThat(socket.await(Duration.ofSeconds(1))).isTrue();
        }
    }

    // SC-12
    @Test
    void SC_12_disconnect_ends_a_channel_or_everything() {
        Notes chat = new Notes();
        try (SocketIo socket = connect()) {
            SocketIoChannel channel = socket.connect("/chat", chat);
            assertThat(got()).isEqualTo("1::/chat");
            assertThat(chat.next("connect")).isEqualTo("connect /chat");
            channel.disconnect();
            assertThat(got()).isEqualTo("0::/chat");
            assertThat(chat.next()).isEqualTo("disconnect");
            SocketIoChannel again = socket.connect("/chat", chat);
            assertThat(got()).isEqualTo("1::/chat");
            assertThat(chat.next("connect")).isEqualTo("connect /chat");
            socket.disconnect(again);
            assertThat(got()).isEqualTo("0::/chat");
            socket.disconnect();
            assertThat(got()).isEqualTo("0::");
        }
    }

    // SC-12
    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "POLLING"})
    void SC_12_what_was_said_before_still_leaves(Transport transport) {
        try (SocketIo socket = SocketIo.connect(server.uri(), notes, OLD.transports(transport))) {
            for (int i = 0; i < 50; i++) {
                socket.send("no " + i);
            }
        }
        for (int i = 0; i < 50; i++) {
            assertThat(got()).isEqualTo("3:::no " + i);
        }
        assertThat(got()).isEqualTo("0::");
    }

    // SC-13
    @Test
    void SC_13_a_channels_traffic_goes_to_its_handler_only() {
        Notes chat = new Notes();
        try (SocketIo socket = connect()) {
            SocketIoChannel channel = socket.connect("/chat", chat, Map.of("my", "a b"));
            assertThat(got()).isEqualTo("1::/chat?my=a+b");
            assertThat(chat.next("connect")).isEqualTo("connect /chat");
            assertThatIllegalStateException().isThrownBy(() -> socket.connect("chat", new Notes()));
            channel.emit("nickname", "bot");
            assertThat(got()).isEqualTo("5::/chat:{\"name\":\"nickname\",\"args\":[\"bot\"]}");
            channel.send("hi");
            assertThat(got()).isEqualTo("3::/chat:hi");
            server.says("5::/chat:{\"name\":\"msg to room\",\"args\":[\"ada\",\"hi\"]}")
                    .says("3:::for the root");
            assertThat(chat.next()).isEqualTo("msg to room ada hi");
            assertThat(notes.next("message")).isEqualTo("message  for the root");
            assertThat(chat.all).isEmpty();
        }
    }

    // SC-13, GS-10
    @Test
    void SC_13_a_server_may_say_by_an_event_that_there_is_no_such_channel() {
        Notes unknown = new Notes();
        try (SocketIo socket = connect()) {
            socket.connect("/unknown", unknown);
            assertThat(unknown.next("error")).isEqualTo("error no_such_namespace no");
        }
    }

    // SC-13
    @Test
    void SC_13_a_channel_that_says_no_is_an_error_of_its_handler() {
        Notes none = new Notes();
        try (SocketIo socket = connect()) {
            socket.connect("/none", none);
            assertThat(none.next("error")).isEqualTo("error 2 0");
            socket.emit("still", 1);
            assertThat(got()).isEqualTo("1::/none");
            assertThat(got()).contains("still");
        }
    }

    // SC-14
    @Test
    void SC_14_what_has_an_id_of_its_own_is_acknowledged_by_that() {
        try (SocketIo socket = connect()) {
            socket.root().emitWithId(140, "rpc", 1);
            socket.root().sendWithId(141, "x");
            socket.root().emitWithId(142, "complex");
            assertThat(List.of(got(), got(), got())).last().asString().startsWith("5:142::");
            server.says("6:::140").says("6:::141+[\"woot\",2]").says("6:::142+{\"name\":\"done\",\"args\":[3]}");
            assertThat(notes.next("ack")).isEqualTo("ack 140 null null");
            assertThat(notes.next()).isEqualTo("ack 141 null [\"woot\", 2]");
            assertThat(notes.next()).isEqualTo("ack 142 done [3]");
        }
    }

    // SC-15
    @Test
    void SC_15_a_callback_invents_its_own_id_and_gets_the_acknowledgement() {
        BlockingQueue<List<Payload>> replies = new LinkedBlockingQueue<>();
        try (SocketIo socket = connect()) {
            SocketIoReply reply = replies::add;
            socket.emit("first", "x", reply);
            assertThat(got()).isEqualTo("5:2+::{\"name\":\"first\",\"args\":[\"x\"]}");
            socket.emit("second", args -> replies.add(args), "y");
            assertThat(got()).isEqualTo("5:3+::{\"name\":\"second\",\"args\":[\"y\"]}");
            server.says("6:::3+[\"b\",1]").says("6:::2+[]");
            assertThat(next(replies)).hasToString("[\"b\", 1]");
            assertThat(next(replies)).isEmpty();
            server.says("6:::99+[1]").says("6:::nonsense").says("6:::98+{broken");
            assertThat(notes.next("error")).isEqualTo("error callback missing 99");
            assertThat(get(ask(socket, "6:::4+[5]"))).hasToString("[5]");
        }
    }

    private java.util.concurrent.CompletionStage<List<Payload>> ask(SocketIo socket, String answer) {
        java.util.concurrent.CompletionStage<List<Payload>> asked =
                socket.root().ask("third");
        assertThat(got()).isEqualTo("5:4+::{\"name\":\"third\"}");
        server.says(answer);
        return asked;
    }

    // SC-17
    @ParameterizedTest
    @ValueSource(strings = {"8", "8::", "8:::", "3:::", "5:::"})
    void SC_17_packets_of_one_three_or_four_parts_are_taken(String packet) {
        try (SocketIo socket = connect()) {
            notes.next("connect");
            server.says(packet).says("3:::still here");
            String note = notes.next();
            assertThat(note.equals("message  still here") ? note : notes.next("message  still"))
                    .isNotNull();
        }
    }

    // SC-17
    @ParameterizedTest
    @ValueSource(strings = {"5:1", "99::", "x", ""})
    void SC_17_others_are_not(String packet) {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> OldPacket.parse(packet));
    }

    // SC-19
    @Test
    void SC_19_a_lost_connection_rejoins_the_channels_and_tells_so() {
        Notes chat = new Notes();
        try (SocketIo socket = connect()) {
            socket.connect("/chat", chat);
            chat.next("connect");
            server.got.clear();
            server.cut();
            assertThat(notes.next("reconnect")).isEqualTo("reconnect /");
            assertThat(chat.next("reconnect")).isEqualTo("reconnect /chat");
            assertThat(got()).isEqualTo("1::/chat");
        }
    }

    // SC-19
    @Test
    void SC_19_the_server_may_ask_for_acknowledgements() {
        try (SocketIo socket = connect()) {
            server.says("5:11+::{\"name\":\"sum\",\"args\":[2,3]}");
            assertThat(got()).isEqualTo("6:::11+[5]");
            server.says("5:12+::{\"name\":\"product\",\"args\":[2,3]}");
            assertThat(got()).isEqualTo("6:::12+[6]");
        }
    }

    // SC-19
    @Test
    void SC_19_headers_cookies_and_query_are_sent() {
        java.net.URI uri = java.net.URI.create(server.uri() + "?room=1");
        try (SocketIo socket =
                SocketIo.connect(uri, notes, OLD.header("X-Mine", "1").cookie("a", "b"))) {
            assertThat(next(server.paths)).isEqualTo("/socket.io/1/?room=1");
            assertThat(next(server.paths)).isEqualTo("/socket.io/1/websocket/sid?room=1");
        }
    }

    // SC-19
    @Test
    void SC_19_polling_is_tried_where_there_is_no_websocket() {
        try (OldServer polling = new OldServer("xhr-polling");
                SocketIo socket = SocketIo.connect(polling.uri(), notes, OLD)) {
            polling.says("3:::aaaa").says("3:::\u00e9").says("5:::{\"name\":\"msg to room\",\"args\":[1,2]}");
            assertThat(notes.next("message")).isEqualTo("message  aaaa");
            assertThat(notes.next()).isEqualTo("message  \u00e9");
            socket.emit("one");
            socket.emit("two");
            socket.emit("three");
            assertThat(List.of(next(polling.got), next(polling.got), next(polling.got)))
                    .containsExactly("5:::{\"name\":\"one\"}", "5:::{\"name\":\"two\"}", "5:::{\"name\":\"three\"}");
        }
    }
}
