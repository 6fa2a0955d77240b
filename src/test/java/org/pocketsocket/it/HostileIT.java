package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.Bystander;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Vitals;

/** Bytes that mean harm: the right close code or a dropped connection, soon, and nobody else notices. */
class HostileIT {

    private static final int KEY = 0x37FA213D;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long BOUND = 48L * 1024 * 1024;

    private static Server server;
    private static long heap;
    private Bystander bystander;

    @BeforeAll
    static void start() {
        server = Server.with()
                .jvm("-Dpocket.heartbeat.interval=1s", "-Dpocket.heartbeat.timeout=1s", "-Dpocket.announce=0")
                .jvm("-Dpocket.limits.outbox=256KiB", "-Dpocket.limits.age=1s", "-Dpocket.direct.fragments=100")
                .start();
        try (RawTalker first = open("/pocket")) {
            heap = Vitals.of(server).heap();
        }
    }

    @AfterAll
    static void stop() {
        try {
            assertThat(Vitals.of(server).heap()).isLessThan(heap + BOUND);
        } finally {
            server.close();
        }
    }

    @BeforeEach
    void watch() {
        bystander = new Bystander(server.uri("/"), "/pocket/direct");
    }

    @AfterEach
    void nobodyElseNotices() {
        bystander.close();
        assertThat(bystander.slowest()).isLessThan(Duration.ofSeconds(1));
    }

    static Stream<String> doors() {
        return Stream.of("/pocket/direct", "/pocket");
    }

    private static RawTalker open(String door) {
        return new RawTalker(server.uri("/")).opens(door);
    }

    private static byte[] masked(int first, byte... payload) {
        return Frames.masked(first, payload, KEY);
    }

    private static void awaitGone(RawTalker talker) {
        eventually(SOON, () -> "still connected", () -> !Vitals.of(server).serves(talker.port()));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void randomBytesAfterTheHandshake(String door) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<RawTalker> talkers = Stream.generate(() -> open(door)).limit(30).toList();
        for (RawTalker talker : talkers) {
            byte[] garbage = new byte[1 + random.nextInt(4000)];
            random.nextBytes(garbage);
            talker.sends(garbage);
        }
        for (RawTalker talker : talkers) {
            assertThat(talker.closeCode()).as("seed " + seed).isIn(1000, 1002, 1006, 1007, 1009, 1011, 4002);
            awaitGone(talker);
            talker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pocket/direct"})
    void framesThatAreNotMasked(String door) {
        try (RawTalker talker = open(door).sends(Frames.text("hi"))) {
            assertThat(talker.closeCode()).isEqualTo(1002);
            awaitGone(talker);
        }
    }

    /** The server's own WebSocket may wait for what was announced; the heartbeat ends it. */
    @ParameterizedTest
    @MethodSource("doors")
    void lengthsThatNobodyCouldSend(String door) {
        byte[] tera = {(byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4};
        byte[] negative = {(byte) 0x82, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4};
        byte[] largeControl = {(byte) 0x89, (byte) 0xFE, 1, 0, 1, 2, 3, 4};
        List<RawTalker> talkers = Stream.of(tera, negative, largeControl)
                .map(head -> open(door).sends(head))
                .toList();
        for (RawTalker talker : talkers) {
            assertThat(talker.closeCode()).isIn(1002, 1006, 1009, 1011, 4002);
            awaitGone(talker);
            talker.close();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void textThatIsNotUtf8(String door) {
        try (RawTalker whole = open(door).sends(masked(0x81, (byte) 0xC0, (byte) 0xAF));
                RawTalker cut = open(door).sends(masked(0x01, (byte) 0xE4), masked(0x80, (byte) 0xFF))) {
            assertThat(whole.closeCode()).isEqualTo(1007);
            assertThat(cut.closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pocket/direct"})
    void fragmentsWithoutEnd(String door) {
        try (RawTalker empty = open(door).sends(masked(0x01));
                RawTalker full = open(door).sends(masked(0x01, new byte[1000]))) {
            for (int i = 0; i < 101; i++) {
                empty.sends(masked(0x00));
                full.sends(masked(0x00, new byte[1000]));
            }
            assertThat(empty.closeCode()).isEqualTo(1009);
            assertThat(full.closeCode()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aHandshakeByteByByte(String door) {
        String request = "GET " + door + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        try (RawTalker talker = new RawTalker(server.uri("/"))) {
            for (byte octet : request.getBytes(StandardCharsets.US_ASCII)) {
                talker.sends(new byte[] {octet});
            }
            assertThat(talker.head()).startsWith("HTTP/1.1 101");
        }
    }

    /** Nobody reads the pongs until all pings are sent; then one comes, or the connection was ended. */
    @ParameterizedTest
    @MethodSource("doors")
    void tenThousandPings(String door) {
        byte[] ping = masked(0x89, new byte[125]);
        try (RawTalker talker = open(door)) {
            for (int i = 0; i < 10_000; i++) {
                talker.sends(ping);
            }
            byte[] frame = talker.frame();
            assertThat(frame.length == 0 || frame.length == 126 || (frame[0] & 0xFF) >= 0x88)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void halfAFrameAndThenSilence(String door) {
        try (RawTalker talker = open(door).sends(new byte[] {(byte) 0x81, (byte) 0xFE, 1, 0, 1, 2, 3, 4, 5})) {
            assertThat(talker.closeCode()).isIn(4002, 1006);
            awaitGone(talker);
        }
    }

    /** It asks and asks, and never reads an answer: at some time it is not read from any more, then put out. */
    @ParameterizedTest
    @MethodSource("doors")
    void questionsWhoseAnswersNobodyReads(String door) {
        byte[] question = masked(
                0x81,
                ("{\"id\":\"q\",\"message\":\"echo.say\",\"data\":{\"text\":\"" + "x".repeat(30_000) + "\"}}")
                        .getBytes(StandardCharsets.US_ASCII));
        RawTalker greedy = RawTalker.small(server.uri("/")).opens(door);
        Thread asking = new Thread(() -> ask(greedy, question), "asking");
        asking.setDaemon(true);
        asking.start();
        eventually(Duration.ofSeconds(10), () -> "still connected", () -> !Vitals.of(server)
                .serves(greedy.port()));
        greedy.close();
    }

    private static void ask(RawTalker greedy, byte[] question) {
        for (int i = 0; i < 2000; i++) {
            greedy.sends(question);
        }
    }
}
