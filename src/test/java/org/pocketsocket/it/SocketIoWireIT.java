package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.test.EngineTalker.message;
import static org.pocketsocket.test.EngineTalker.text;
import static org.pocketsocket.test.EngineTalker.upgrade;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.EngineTalker;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;

/** What the official suites of Engine.IO 4 and 3 and of Socket.IO 5 ask for, byte by byte, of the packaged server. */
class SocketIoWireIT {

    private static Server server;
    private static EngineTalker echo;
    private static EngineTalker echo3;
    private static EngineTalker io;

    @BeforeAll
    static void start() {
        server = Server.with("--channels", "target/pocketsocket-fixture.jar")
                .jvm("-Dpocket.socketio.interval=300ms", "-Dpocket.socketio.timeout=2s")
                .jvm("-Dpocket.socketio.connect=3s", "-Dpocket.socketio.echo=on", "-Dpocket.socketio.upgrade=3s")
                .start();
        echo = new EngineTalker(server.uri("/"), "/engine.io/?EIO=4");
        echo3 = new EngineTalker(server.uri("/"), "/engine.io/?EIO=3");
        io = new EngineTalker(server.uri("/"), "/socket.io/?EIO=4");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject opening(String packet) {
        assertThat(packet).startsWith("0{");
        return Json.createReader(new StringReader(packet.substring(1))).readObject();
    }

    // ---- the handshake

    @Test
    void a_session_says_what_it_keeps_to() {
        JsonObject polling = opening(io.get("&transport=polling").body());
        assertThat(polling.keySet())
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(polling.get("upgrades")).hasToString("[\"websocket\"]");
        assertThat(polling.getInt("pingInterval")).isEqualTo(300);
        assertThat(polling.getInt("pingTimeout")).isEqualTo(2000);
        assertThat(polling.getInt("maxPayload")).isEqualTo(1_000_000);
        try (RawTalker socket = io.socket("&transport=websocket")) {
            JsonObject direct = opening(text(socket));
            assertThat(direct.keySet()).isEqualTo(polling.keySet());
            assertThat(direct.get("upgrades")).hasToString("[]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /socket.io/?transport=polling",
        "GET, /socket.io/?EIO=abc&transport=polling",
        "GET, /socket.io/?EIO=4",
        "GET, /socket.io/?EIO=4&transport=carrier-pigeon",
        "GET, /socket.io/?EIO=4&transport=websocket",
        "POST, /socket.io/?EIO=4&transport=polling",
        "PUT, /socket.io/?EIO=4&transport=polling",
        "GET, /socket.io/?EIO=4&transport=polling&sid=unknown",
        "POST, /socket.io/?EIO=4&transport=polling&sid=unknown",
        "GET, /socket.io/?EIO=4&transport=polling&j=0",
    })
    void what_makes_no_sense_gets_400(String method, String request) {
        HttpResponse<String> answer = new EngineTalker(server.uri("/"), request).method(method, "", "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).matches("\\{\"code\":[0-5],\"message\":\"[^\"]+\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&sid=unknown"})
    void a_WebSocket_has_to_make_sense_too(String query) {
        try (RawTalker socket = new RawTalker(server.uri("/"))) {
            socket.sends(("GET /socket.io/?EIO=" + (query.isEmpty() ? "abc" : "4") + "&transport=websocket" + query
                            + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.head()).startsWith("HTTP/1.1 400");
        }
    }

    // ---- messages

    @Test
    void packets_come_back_over_polling_in_order_and_in_kind() {
        String session = echo.open();
        assertThat(echo.post(session, "4hello").body()).isEqualTo("ok");
        assertThat(echo.get(session).body()).isEqualTo("4hello");
        echo.post(session, "4test1\u001e4é€😀\u001ebAQIDBA==");
        assertThat(echo.get(session).body()).isEqualTo("4test1\u001e4é€😀\u001ebAQIDBA==");
    }

    @Test
    void revision_3_counts_characters_and_takes_and_sends_bytes() {
        String old = "&transport=polling&b64=1";
        String text =
                "&transport=polling&sid=" + EngineTalker.sid(echo3.get(old).body());
        assertThat(echo3.post(text, "6:4hello10:b4AQIDBA==").body()).isEqualTo("ok");
        assertThat(echo3.get(text).body()).isEqualTo("6:4hello10:b4AQIDBA==");
        assertThat(echo3.post(text, "1:2").body()).isEqualTo("ok");
        assertThat(echo3.get(text).body()).isEqualTo("1:3");
        String bytes = echo3.open();
        echo3.post(bytes, "2:4€10:b4AQIDBA==");
        HttpResponse<byte[]> answer = echo3.bytes(bytes);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.body())
                .inHexadecimal()
                .containsExactly(0, 4, 0xff, '4', 0xe2, 0x82, 0xac, 1, 5, 0xff, 4, 1, 2, 3, 4);
    }

    @Test
    void messages_come_back_over_a_WebSocket() {
        try (RawTalker socket = echo.socket()) {
            socket.says("4hello").sends(Frames.masked(Frames.FIN | Frames.BINARY, new byte[] {1, 2, 3}, 7));
            assertThat(message(socket)).isEqualTo("4hello");
            assertThat(message(socket)).isEqualTo("<010203>");
        }
    }

    @Test
    void what_is_no_packet_ends_the_session() {
        String session = echo.open();
        assertThat(echo.post(session, "abc").statusCode()).isEqualTo(400);
        assertThat(echo.get(session).statusCode()).isEqualTo(400);
        try (RawTalker socket = echo.socket()) {
            assertThat(message(socket.says("abc"))).isEqualTo("closed");
        }
    }

    // ---- heartbeat

    @Test
    void pings_come_and_who_does_not_answer_is_gone() throws Exception {
        String session = echo.open();
        for (int i = 0; i < 3; i++) {
            assertThat(echo.get(session).body()).isEqualTo("2");
            echo.post(session, "3");
        }
        assertThat(echo.get(session).body()).isEqualTo("2");
        assertThat(echo.later(session).get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertThat(echo.get(session).statusCode()).isEqualTo(400);
        try (RawTalker socket = echo.socket()) {
            assertThat(text(socket)).isEqualTo("2");
            assertThat(text(socket)).isEqualTo("closed");
        }
    }

    // ---- the end of polls

    @Test
    void a_goodbye_answers_the_poll_and_nothing_comes_after_it() throws Exception {
        String session = echo.open();
        CompletableFuture<HttpResponse<String>> held = echo.later(session);
        while (echo.post(session, "4here").statusCode() == 200 && !held.isDone()) {
            Thread.onSpinWait(); // until it is certain that the poll was there
        }
        held.join();
        CompletableFuture<HttpResponse<String>> last = echo.later(session);
        assertThat(echo.post(session, "1").body()).isEqualTo("ok");
        assertThat(last.get(10, TimeUnit.SECONDS).body()).matches("6|4here.*");
        assertThat(echo.post(session, "4late").statusCode()).isEqualTo(400);
        assertThat(echo.get(session).statusCode()).isEqualTo(400);
    }

    @Test
    void two_polls_at_once_end_the_session() throws Exception {
        String session = echo.open();
        CompletableFuture<HttpResponse<String>> one = echo.later(session);
        CompletableFuture<HttpResponse<String>> two = echo.later(session);
        String first = one.get(10, TimeUnit.SECONDS).body();
        String second = two.get(10, TimeUnit.SECONDS).body();
        assertThat(first.equals("1") ? second : first).contains("Bad request");
        assertThat(echo.get(session).statusCode()).isEqualTo(400);
    }

    // ---- the upgrade

    @Test
    void a_WebSocket_takes_over_and_the_polls_end() throws Exception {
        String session = echo.open();
        try (RawTalker socket = echo.socket(upgrade(session))) {
            assertThat(text(socket.says("2probe"))).isEqualTo("3probe");
            assertThat(echo.later(session).get(10, TimeUnit.SECONDS).body()).isEqualTo("6");
            assertThat(message(socket.says("5").says("4hello"))).isEqualTo("4hello");
            assertThat(echo.get(session).statusCode()).isEqualTo(400);
            assertThat(echo.post(session, "4x").statusCode()).isEqualTo(400);
            try (RawTalker second = echo.socket(upgrade(session))) {
                assertThat(text(second)).isEqualTo("closed");
            }
            assertThat(message(socket.says("4still"))).isEqualTo("4still");
        }
    }

    @Test
    void a_probe_that_is_never_finished_ends_and_polling_goes_on() {
        String session = echo.open();
        try (RawTalker socket = echo.socket(upgrade(session))) {
            assertThat(text(socket.says("2probe"))).isEqualTo("3probe");
            CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> text(socket));
            while (!last.isDone()) {
                if (polled(session).contains("2")) {
                    echo.post(session, "3");
                }
            }
            assertThat(last.join()).isEqualTo("closed");
            echo.post(session, "3\u001e4on");
            String got = polled(session);
            while (!got.endsWith("4on")) {
                got = polled(session);
            }
        }
    }

    private static String polled(String session) {
        String got = echo.get(session).body();
        assertThat(got).matches("[26\u001e]*(4on)?");
        return got;
    }

    // ---- Socket.IO

    @Test
    void the_main_namespace_greets_with_what_it_was_shown() {
        try (RawTalker socket = io.socket()) {
            assertThat(message(socket.says("40"))).matches("40\\{\"sid\":\"[^\"]+\"}");
            assertThat(message(socket)).isEqualTo("42[\"auth\",{}]");
        }
        try (RawTalker socket = io.socket()) {
            message(socket.says("40{\"token\":\"123\"}"));
            assertThat(message(socket)).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
        }
    }

    @Test
    void namespaces_are_entered_and_left_by_themselves() {
        try (RawTalker socket = io.socket()) {
            assertThat(message(socket.says("40/custom,{\"a\":1}"))).matches("40/custom,\\{\"sid\":\"[^\"]+\"}");
            assertThat(message(socket)).isEqualTo("42/custom,[\"auth\",{\"a\":1}]");
            assertThat(message(socket.says("40/random"))).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
            assertThat(message(socket.says("40/guarded")))
                    .isEqualTo("44/guarded,{\"message\":\"not authorized\",\"data\":{\"code\":4401}}");
            assertThat(message(socket.says("40/room-12"))).startsWith("40/room-12,{");
            assertThat(message(socket)).isEqualTo("42/room-12,[\"nsp\",\"/room-12\"]");
            socket.says("41/room-12").says("42/custom,[\"message\",1,\"2\",{\"3\":[false]}]");
            assertThat(message(socket)).isEqualTo("42/custom,[\"message-back\",1,\"2\",{\"3\":[false]}]");
            assertThat(message(socket.says("40"))).startsWith("40{");
            assertThat(message(socket)).isEqualTo("42[\"auth\",{}]");
            socket.says("41").says("42/custom,[\"message\",4]");
            assertThat(message(socket)).isEqualTo("42/custom,[\"message-back\",4]");
        }
    }

    @Test
    void acknowledgements_and_binary_data_go_both_ways() {
        byte[] bytes = {1, 2, 3};
        try (RawTalker socket = io.socket()) {
            message(socket.says("40"));
            message(socket);
            assertThat(message(socket.says("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")))
                    .isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
            socket.says(
                            "452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                    .sends(Frames.masked(Frames.FIN | Frames.BINARY, bytes, 7))
                    .sends(Frames.masked(Frames.FIN | Frames.BINARY, new byte[] {4}, 7));
            assertThat(message(socket))
                    .isEqualTo("462-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
            assertThat(message(socket)).isEqualTo("<010203>");
            assertThat(message(socket)).isEqualTo("<04>");
            String question = message(socket.says("421[\"ask-me\",\"tea?\"]"));
            assertThat(question).matches("42\\d+\\[\"question\",\"tea\\?\"]");
            String id = question.substring(2, question.indexOf('['));
            assertThat(message(socket.says("43" + id + "[\"please\"]"))).isEqualTo("431[\"please\"]");
        }
    }

    @Test
    void attachments_that_never_come_are_waited_for_until_the_heartbeat_ends_it() {
        try (RawTalker socket = io.socket().says("40")) {
            assertThat(message(socket)).startsWith("40{");
            assertThat(message(socket)).startsWith("42[\"auth\"");
            socket.says("4510-[\"message\",1]").sends(Frames.masked(Frames.FIN | Frames.BINARY, new byte[] {1}, 7));
            assertThat(text(socket)).isEqualTo("2");
            assertThat(text(socket)).isEqualTo("closed");
        }
    }

    @Test
    void who_asks_for_no_namespace_is_sent_away() {
        try (RawTalker socket = io.socket()) {
            assertThat(message(socket)).isEqualTo("closed");
        }
    }
}
