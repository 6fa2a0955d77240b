package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;

/** The contract that every WebSocket door keeps, on the packaged jar. */
class DoorsIT {

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.with("-e")
                .jvm("-Dpocket.heartbeat.interval=1s", "-Dpocket.heartbeat.timeout=1s")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> doors() {
        return Stream.of("/pocket", "/pocket/direct", "/");
    }

    private static Talker talker(String door) {
        return Talker.to(server.webSocket(door));
    }

    private static byte[] masked(String text) {
        return Frames.masked(Frames.FIN | Frames.TEXT, text.getBytes(StandardCharsets.UTF_8), 0x37FA213D);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void relaysAndEchoesAndGivesAReceipt_PS5_PS10_PS11(String door) {
        String art = "{\"id\":\"0.lchkqdo\",\"message\":\"Art can be very abstract.\",\"data\":{}}";
        try (Talker a = talker(door);
                Talker b = talker("/pocket")) {
            b.asks("chat.none", "1"); // the handshake's answer may come before the server's @OnOpen: now it is there
            a.says(art);
            assertThat(b.awaits(art::equals)).isEqualTo(art);
            a.awaits(art::equals);
            a.awaits("\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0.lchkqdo\"");
            b.asks("chat.none", "1"); // a round trip behind it
            assertThat(b.got().stream().filter(art::equals)).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void bringsAChannelsEventsToMembersOnEveryDoor(String door) {
        try (Talker a = talker(door);
                Talker b = talker("/pocket/direct")) {
            String name = "ada" + System.nanoTime();
            b.asks("chat.enter", "{\"name\":\"b" + name + "\"}");
            assertThat(a.asks("chat.enter", "{\"name\":\"" + name + "\"}")).contains("\"people\":[");
            b.awaits("{\"message\":\"chat.joined\",\"data\":{\"name\":\"" + name + "\"}}");
            assertThat(a.asks("chat.say", "{\"text\":\"grüße, 世界 🌍\"}")).contains("\"data\":{\"at\":");
            b.awaits("\"text\":\"grüße, 世界 🌍\"");
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void answersBadInputWithACodeAndGoesOn(String door) {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        try (Talker bystander = talker("/pocket");
                Talker a = talker(door)) {
            a.says("{\"id\":1,\"message\":5}").awaits("\"messageId\":1,\"code\":4400,\"error\":\"invalid_packet\"");
            a.says("{\"id\":2,\"message\":\"\"}").awaits("\"messageId\":2,\"code\":4400");
            a.says("{\"id\":3,\"message\":\"" + "x".repeat(10_000) + "\"}").awaits("\"messageId\":3,\"code\":4400");
            a.says("{\"id\":4,\"message\":\"chat.say\",\"data\":" + deep + "}").awaits("\"messageId\":4,\"code\":4400");
            a.says(new byte[] {1, 2, 3}).awaits("\"messageId\":null,\"code\":4400");
            assertThat(a.asks("chat.say", "[1]")).contains("\"error\":\"invalid_method_args\"");
            assertThat(a.asks("chat.nope", "1")).contains("\"code\":4404,\"error\":\"no_such_method\"");
            assertThat(bystander.asks("chat.none", "1")).contains("4404");
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void closesWith1009WhenAMessageIsTooLarge(String door) {
        try (Talker bystander = talker(door);
                Talker a = talker(door)) {
            a.says("x".repeat(65_536)).awaits("\"messageId\":65536");
            a.says("x".repeat(65_537));
            assertThat(a.awaitsClose()).isEqualTo(1009);
            assertThat(bystander.asks("chat.none", "1")).contains("4404");
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void closesWith1007WhenTextIsNotUtf8(String door) {
        try (RawTalker a = new RawTalker(server.uri("/"))) {
            a.opens(door).sends(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xC3, 0x28});
            assertThat(a.closeCode()).isEqualTo(1007);
            a.awaitEnd();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void refusesPagesOfOtherOriginsButNotOfThisMachine(String door) {
        assertThatThrownBy(() -> Talker.to(server.webSocket(door), "Origin", "http://evil.example"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refusal -> assertThat(
                                refusal.getResponse().statusCode())
                        .isEqualTo(403));
        Talker.to(server.webSocket(door), "Origin", "http://localhost:3000").close();
        assertThat(server.err())
                .filteredOn(line -> line.contains("http://evil.example"))
                .hasSize(1)
                .first()
                .asString()
                .contains("--allow-origin");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void answersAPingAndTheCloseHandshake(String door) {
        try (RawTalker a = new RawTalker(server.uri("/"))) {
            a.opens(door).sends(Frames.masked(Frames.FIN | Frames.PING, new byte[] {1, 2, 3}, 7));
            byte[] pong = a.frame();
            while ((pong[0] & 0xFF) != 0x8A) {
                pong = a.frame();
            }
            assertThat(pong).containsExactly(0x8A, 1, 2, 3);
            a.sends(Frames.masked(Frames.FIN | Frames.CLOSE, new byte[] {0x03, (byte) 0xE8}, 7));
            assertThat(a.closeCode()).isEqualTo(1000);
            a.awaitEnd();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void pingsWhoIsSilentAndEndsWhoDoesNotAnswer(String door) {
        try (RawTalker a = new RawTalker(server.uri("/"))) {
            a.opens(door);
            byte[] frame = a.frame();
            while ((frame[0] & 0xFF) != 0x89) {
                frame = a.frame();
            }
            assertThat(a.closeCode()).isEqualTo(4002);
            a.awaitEnd();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void tellsOthersWhenAConnectionIsReset(String door) {
        try (Talker a = talker("/pocket/direct");
                RawTalker b = new RawTalker(server.uri("/"))) {
            String name = "vanishing" + System.nanoTime();
            a.asks("chat.enter", "{\"name\":\"watcher" + name + "\"}");
            b.opens(door).sends(masked("{\"message\":\"chat.enter\",\"data\":{\"name\":\"" + name + "\"}}"));
            a.awaits("{\"message\":\"chat.joined\",\"data\":{\"name\":\"" + name + "\"}}");
            b.vanishes();
            a.awaits("{\"message\":\"chat.left\",\"data\":{\"name\":\"" + name + "\"}}");
        }
    }

    @Test
    void theDirectDoorReadsWhatCameInOneSegmentWithTheHandshake() {
        try (RawTalker a = new RawTalker(server.uri("/"))) {
            a.opens("/pocket/direct", masked("hi"));
            assertThat(new String(a.frame(), StandardCharsets.UTF_8)).contains("\"messageId\":2");
        }
    }

    @Test
    void theDirectDoorRefusesWhatTheStandardOneLetsPass() {
        try (RawTalker unmasked = new RawTalker(server.uri("/"));
                RawTalker huge = new RawTalker(server.uri("/"));
                RawTalker post = new RawTalker(server.uri("/"));
                RawTalker keyless = new RawTalker(server.uri("/"))) {
            assertThat(unmasked.opens("/pocket/direct").sends(Frames.text("hi")).closeCode())
                    .isEqualTo(1002);
            byte[] announced = {(byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4};
            assertThat(huge.opens("/pocket/direct").sends(announced).closeCode())
                    .isEqualTo(1009);
            String rest = " /pocket/direct HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n";
            post.sends(("POST" + rest + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(post.head()).startsWith("HTTP/1.1 405");
            keyless.sends(("GET" + rest + "Sec-WebSocket-Key: \r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(keyless.head()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void saysGoodbyeWhenItStops() {
        Server other = Server.with().start();
        try (Talker a = Talker.to(other.webSocket("/pocket"));
                Talker b = Talker.to(other.webSocket("/pocket/direct"))) {
            other.terminate(java.time.Duration.ofSeconds(5));
            assertThat(a.awaitsClose()).isEqualTo(1001);
            assertThat(b.awaitsClose()).isEqualTo(1001);
        }
    }
}
