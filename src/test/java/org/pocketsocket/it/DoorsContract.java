package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;

/**
 * What every WebSocket door keeps, whichever doors are open. Subclasses open them on the packaged jar; any other server that
 * runs can be tried with {@code -Dpocket.it.base=http://127.0.0.1:8080/pocketsocket} and
 * {@code -Dpocket.it.doors=/pocket,/pocket/direct}, if it was started with the settings of {@link #SETTINGS} and
 * {@code -Dpocket.echo=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DoorsContract {

    static final String[] SETTINGS = {"-Dpocket.heartbeat.interval=1s", "-Dpocket.heartbeat.timeout=3s"};

    private final List<String> doors;
    private final List<String> settings;
    private final @Nullable String base = System.getProperty("pocket.it.base");
    private @Nullable Server server;

    /** @param settings besides the common ones */
    DoorsContract(List<String> doors, String... settings) {
        String others = System.getProperty("pocket.it.doors");
        this.doors = others == null ? doors : List.of(others.split(","));
        this.settings = List.of(settings);
    }

    @BeforeAll
    void start() {
        if (base == null) {
            server = Server.with("-e")
                    .jvm(SETTINGS)
                    .jvm(settings.toArray(String[]::new))
                    .start();
        }
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    Stream<String> doors() {
        return doors.stream();
    }

    /** A door for somebody else. */
    private String otherDoor() {
        return doors.get(doors.size() - 1);
    }

    final URI uri(String path) {
        return base == null ? server.uri(path) : URI.create(base + path);
    }

    final URI webSocket(String door) {
        return URI.create(uri(door).toString().replaceFirst("http", "ws"));
    }

    /** Where a raw socket asks for it. */
    private RawTalker open(String door, byte... more) {
        return new RawTalker(uri("/")).opens(uri(door).getPath(), more);
    }

    final Talker talker(String door) {
        return Talker.to(webSocket(door));
    }

    static byte[] masked(String text) {
        return Frames.masked(Frames.FIN | Frames.TEXT, text.getBytes(StandardCharsets.UTF_8), 0x37FA213D);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void relaysAndEchoesAndGivesAReceipt_PS5_PS10_PS11(String door) {
        String art = "{\"id\":\"0.lchkqdo\",\"message\":\"Art can be very abstract.\",\"data\":{}}";
        try (Talker a = talker(door);
                Talker b = talker(otherDoor())) {
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
                Talker b = talker(otherDoor())) {
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
        try (Talker bystander = talker(otherDoor());
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
    void closesWith1009WhenAMessageIsTooLarge_PS22(String door) {
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
        try (RawTalker a = open(door)) {
            a.sends(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xC3, 0x28});
            assertThat(a.closeCode()).isEqualTo(1007);
            a.awaitEnd();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void refusesPagesOfOtherOriginsButNotOfThisMachine(String door) {
        assertThatThrownBy(() -> Talker.to(webSocket(door), "Origin", "http://evil.example"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refusal -> assertThat(
                                refusal.getResponse().statusCode())
                        .isIn(403, 404)); // WildFly says it in its own way, for its own WebSocket
        Talker.to(webSocket(door), "Origin", "http://localhost:3000").close();
        if (server != null) {
            assertThat(server.err()).satisfies(DoorsContract::complainOnce);
        }
    }

    private static void complainOnce(List<? extends String> log) {
        assertThat(log)
                .filteredOn(line -> line.contains("http://evil.example"))
                .hasSize(1)
                .first()
                .asString()
                .contains("--allow-origin");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void answersAPingAndTheCloseHandshake_PS23(String door) {
        try (RawTalker a = open(door)) {
            a.sends(Frames.masked(Frames.FIN | Frames.PING, new byte[] {1, 2, 3}, 7));
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
        try (RawTalker a = open(door)) {
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
        try (Talker a = talker(otherDoor());
                RawTalker b = open(door)) {
            String name = "vanishing" + System.nanoTime();
            a.asks("chat.enter", "{\"name\":\"watcher" + name + "\"}");
            b.sends(masked("{\"message\":\"chat.enter\",\"data\":{\"name\":\"" + name + "\"}}"));
            a.awaits("{\"message\":\"chat.joined\",\"data\":{\"name\":\"" + name + "\"}}");
            b.vanishes();
            a.awaits("{\"message\":\"chat.left\",\"data\":{\"name\":\"" + name + "\"}}");
        }
    }
}
