package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.test.EngineTalker.message;
import static org.pocketsocket.test.EngineTalker.text;
import static org.pocketsocket.test.EngineTalker.upgrade;
import static org.pocketsocket.test.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.Bystander;
import org.pocketsocket.test.EngineTalker;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Vitals;

/** Socket.IO's door and those who mean harm, or very many: the protocol's answer, nothing left behind, nobody disturbed. */
class SocketIoHostileIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MANY = 1000;

    private static Server server;
    private static EngineTalker io;
    private Bystander bystander;

    @BeforeAll
    static void start() {
        server = Server.with("--channels", "target/pocketsocket-fixture.jar")
                .jvm("-Dpocket.socketio.interval=6s", "-Dpocket.socketio.timeout=4s")
                .jvm("-Dpocket.socketio.connect=4s", "-Dpocket.socketio.upgrade=1s", "-Dpocket.announce=0")
                .jvm("-Dpocket.limits.rate=200", "-Dpocket.limits.burst=400")
                .start();
        io = new EngineTalker(server.uri("/"), "/socket.io/?EIO=4");
    }

    /** Sessions are forgotten, whatever became of them: of more than a thousand, all but a few within seconds. */
    @AfterAll
    static void stop() {
        try {
            eventually(SOON, () -> "sessions stay: " + sessions(), () -> sessions() < MANY / 20);
        } finally {
            server.close();
        }
    }

    private static long sessions() {
        return Vitals.of(server).instances("org.pocketsocket.socketio.Postbox");
    }

    @BeforeEach
    void watch() {
        bystander = new Bystander(server.uri("/"), "/pocket/direct");
    }

    @AfterEach
    void nobodyElseNotices() {
        bystander.close();
        assertThat(bystander.slowest()).isLessThan(Duration.ofSeconds(2));
    }

    private static RawTalker connected() {
        RawTalker socket = io.socket().says("40");
        assertThat(message(socket)).startsWith("40{");
        assertThat(message(socket)).startsWith("42[\"auth\"");
        return socket;
    }

    private static byte[] binary(int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        return Frames.masked(Frames.FIN | Frames.BINARY, payload, 7);
    }

    // ---- packets

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "49",
                "47[]",
                "4x",
                "8",
                "x",
                "b!",
                "42",
                "42{}",
                "42[]",
                "42[1,]",
                "42[{\"a\":1}]",
                "42abc[\"message\"]",
                "43[]",
                "43x[]",
                "40",
                "40[]",
                "41{}",
                "44{\"message\":\"x\"}",
                "45[\"message\"]",
                "4511-[\"message\"]",
                "45-[\"message\"]",
                "45999999999999999999-[\"message\"]",
                "451[\"message\"]",
                "46[]",
                "461-[]",
                "42999999999999999999[\"message-with-ack\"]"
            })
    void a_packet_that_is_none_ends_its_connection_and_no_other(String packet) {
        try (RawTalker socket = connected()) {
            assertThat(text(socket.says(packet))).isEqualTo("closed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]",
                "[\"message\",{\"_placeholder\":true,\"num\":1}]",
                "[\"message\",{\"_placeholder\":true,\"num\":999}]"
            })
    void a_placeholder_stands_for_one_attachment_once(String data) {
        try (RawTalker socket = connected()) {
            socket.says("451-" + data).sends(binary(1, 2, 3));
            assertThat(text(socket)).isEqualTo("closed");
        }
    }

    @Test
    void attachments_come_when_they_were_announced_and_only_then() {
        try (RawTalker unannounced = connected().sends(binary(1));
                RawTalker text = connected().says("451-[\"message\",1]").says("42[\"message\",2]")) {
            assertThat(text(unannounced)).isEqualTo("closed");
            assertThat(text(text)).isEqualTo("closed");
        }
    }

    @Test
    void JSON_is_not_nested_without_end() {
        try (RawTalker socket = connected()) {
            String deep = "[".repeat(50_000) + "]".repeat(50_000);
            assertThat(text(socket.says("42[\"message\"," + deep + ']'))).isEqualTo("closed");
        }
    }

    @Test
    void the_clients_own_events_are_refused_and_the_connection_goes_on() {
        try (RawTalker socket = connected()) {
            assertThat(message(socket.says("421[\"disconnect\"]"))).contains("unallowed_event_name");
            assertThat(message(socket.says("42[\"connect\"]")))
                    .startsWith("42[\"error\"")
                    .contains("unallowed_event_name");
            assertThat(message(socket.says("422[\"nobody hears this\"]")))
                    .startsWith("432[{\"error\":\"no_such_method\"");
            assertThat(message(socket.says("423[\"join\",{}]"))).startsWith("433[{\"error\":\"invalid_method_args\"");
            assertThat(message(socket.says("424[\"message-with-ack\",4]"))).isEqualTo("434[4]");
        }
    }

    @Test
    void who_floods_is_told_so() {
        try (RawTalker socket = connected()) {
            for (int i = 0; i < 2000; i++) {
                socket.says("421[\"message-with-ack\"]");
            }
            String got = message(socket);
            while (got.equals("431[]")) {
                got = message(socket);
            }
            assertThat(got).startsWith("431[{\"error\":\"too_many\"");
        }
    }

    // ---- sizes

    @Test
    void what_is_too_large_is_not_taken() {
        String large = "4" + "x".repeat(1_000_000);
        try (RawTalker socket = connected()) {
            assertThat(socket.says(large).closeCode()).isEqualTo(1009);
        }
        String session = io.open();
        assertThat(io.post(session, large).statusCode()).isEqualTo(413);
        assertThat(io.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void a_length_that_nobody_could_send_is_not_waited_for() {
        try (RawTalker socket = connected()) {
            socket.sends(new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4});
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    // ---- sessions

    @Test
    void a_session_has_its_transport() {
        try (RawTalker socket = io.socket("&transport=websocket")) {
            String session = "&transport=polling&sid=" + EngineTalker.sid(text(socket));
            assertThat(io.get(session).statusCode()).isEqualTo(400);
            assertThat(io.post(session, "4").statusCode()).isEqualTo(400);
            try (RawTalker second = io.socket(upgrade(session))) {
                assertThat(text(second)).isEqualTo("closed");
            }
            assertThat(message(socket.says("40"))).startsWith("40{");
        }
    }

    @Test
    void garbage_instead_of_a_probe_leaves_polling_alone() {
        String session = io.open();
        for (String bad : List.of("hello", "5", "2", "2prob", "4x", "")) {
            try (RawTalker socket = io.socket(upgrade(session)).says(bad)) {
                assertThat(text(socket)).isEqualTo("closed");
            }
        }
        assertThat(io.post(session, "40").body()).isEqualTo("ok");
        assertThat(io.get(session).body()).startsWith("40{");
        io.post(session, "1");
        assertThat(io.post(session, "42[\"message\"]").statusCode()).isEqualTo(400);
    }

    @Test
    void random_bytes_end_their_connection() {
        Random random = new Random();
        List<RawTalker> sockets = Stream.generate(io::socket).limit(20).toList();
        for (RawTalker socket : sockets) {
            byte[] garbage = new byte[1 + random.nextInt(3000)];
            random.nextBytes(garbage);
            socket.sends(garbage);
        }
        for (RawTalker socket : sockets) {
            socket.awaitEnd(); // by a close code, or at the latest by the heartbeat
            socket.close();
        }
    }

    @Test
    void who_vanishes_while_it_polls_is_forgotten() {
        long before = sessions();
        String session = io.open();
        RawTalker poll = new RawTalker(server.uri("/"));
        poll.sends(get(session));
        eventually(SOON, () -> "it was not there", () -> sessions() > before);
        poll.vanishes();
        eventually(SOON, () -> "it is still there", () -> io.post(session, "3").statusCode() == 400);
    }

    private static byte[] get(String query) {
        return ("GET /socket.io/?EIO=4" + query + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    // ---- many

    @Test
    void a_thousand_who_poll_cost_no_thread_each() {
        List<String> sessions = Stream.generate(io::open).parallel().limit(MANY).toList();
        int before = Vitals.of(server).threads().size();
        List<RawTalker> polls = sessions.stream()
                .map(session -> new RawTalker(server.uri("/")).sends(get(session)))
                .toList();
        eventually(SOON, () -> "not all are there", () -> Vitals.of(server).connections() >= MANY);
        int during = Vitals.of(server).threads().size();
        assertThat(during - before).isLessThan(MANY / 5); // the server's pool grows with what arrives at once
        try (RawTalker one = connected()) {
            assertThat(message(one.says("421[\"message-with-ack\",1]"))).isEqualTo("431[1]");
        }
        for (RawTalker poll : polls) {
            assertThat(poll.head()).startsWith("HTTP/1.1 200"); // its ping
            poll.close();
        }
    }
}
