package org.pocketsocket.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.frame.Frames.BINARY;
import static org.pocketsocket.frame.Frames.CLOSE;
import static org.pocketsocket.frame.Frames.CONTINUATION;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.PING;
import static org.pocketsocket.frame.Frames.PONG;
import static org.pocketsocket.frame.Frames.RSV1;
import static org.pocketsocket.frame.Frames.TEXT;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;

/**
 * The Autobahn suite's groups of cases, on the wire, against {@code /pocket/direct/echo} of the packaged jar. The suite itself
 * was run beside it: docs/conformance.md.
 */
class EchoConformanceIT {

    private static final int KEY = 0x37FA213D;

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.with()
                .jvm("-Dpocket.direct.echo=on", "-Dpocket.limits.message=1MiB")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawTalker open() {
        return new RawTalker(server.uri("/")).opens("/pocket/direct/echo");
    }

    private static byte[] frame(int first, byte[] payload) {
        return Frames.masked(first, payload, KEY);
    }

    private static byte[] frame(int first, String text) {
        return frame(first, text.getBytes(UTF_8));
    }

    private static byte[] got(int first, byte[] payload) {
        byte[] frame = new byte[1 + payload.length];
        frame[0] = (byte) first;
        System.arraycopy(payload, 0, frame, 1, payload.length);
        return frame;
    }

    /** Says goodbye; the server answers, and ends the connection first. */
    private static void ends(RawTalker client) {
        client.sends(frame(FIN | CLOSE, new byte[] {3, (byte) 0xE8}));
        assertThat(client.closeCode()).isEqualTo(1000);
        client.awaitEnd();
    }

    @ParameterizedTest(name = "1: {0} bytes")
    @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65_535, 65_536, 1 << 20})
    void messages_come_back_as_they_were(int size) {
        byte[] stars = "*".repeat(size).getBytes(UTF_8);
        byte[] binary = new byte[size];
        Arrays.fill(binary, (byte) 0xFE);
        try (RawTalker client = open()) {
            assertThat(client.sends(frame(FIN | TEXT, stars)).frame()).isEqualTo(got(FIN | TEXT, stars));
            assertThat(client.sends(frame(FIN | BINARY, binary)).frame()).isEqualTo(got(FIN | BINARY, binary));
            ends(client);
        }
    }

    @Test
    void a_message_octet_by_octet_is_a_message() {
        try (RawTalker client = open()) {
            for (byte octet : frame(FIN | TEXT, "κόσμε")) {
                client.sends(new byte[] {octet});
            }
            assertThat(client.frame()).isEqualTo(got(FIN | TEXT, "κόσμε".getBytes(UTF_8)));
            ends(client);
        }
    }

    @Test
    void pings_are_answered_with_what_they_brought_and_pongs_are_not() {
        try (RawTalker client = open()) {
            client.sends(frame(FIN | PONG, "unasked"), frame(FIN | PING, ""));
            assertThat(client.frame()).isEqualTo(got(FIN | PONG, new byte[0]));
            byte[] most = "p".repeat(125).getBytes(UTF_8);
            IntStream.range(0, 10).forEach(i -> assertThat(
                            client.sends(frame(FIN | PING, most)).frame())
                    .isEqualTo(got(FIN | PONG, most)));
            ends(client);
        }
    }

    @Test
    void fragments_are_put_together_with_pings_answered_in_between() {
        try (RawTalker client = open()) {
            client.sends(frame(TEXT, "one "), frame(FIN | PING, "in between"), frame(CONTINUATION, ""));
            assertThat(client.frame()).isEqualTo(got(FIN | PONG, "in between".getBytes(UTF_8)));
            client.sends(frame(FIN | CONTINUATION, "two"));
            assertThat(client.frame()).isEqualTo(got(FIN | TEXT, "one two".getBytes(UTF_8)));
            ends(client);
        }
    }

    static Stream<Arguments> violations() {
        byte[] big = tooLong(PING);
        byte[] unmasked = Frames.text("a");
        Stream<Arguments> named = Stream.of(
                Arguments.of("2.5 a ping of 126 bytes", 1002, List.of(big)),
                Arguments.of("5.1 a ping in fragments", 1002, List.of(frame(PING, "a"), frame(FIN, "b"))),
                Arguments.of("5.9 a continuation of nothing", 1002, List.of(frame(FIN | CONTINUATION, "a"))),
                Arguments.of("5.18 a text in a text", 1002, List.of(frame(TEXT, "a"), frame(FIN | TEXT, "b"))),
                Arguments.of("6.3 invalid UTF-8", 1007, List.of(frame(FIN | TEXT, hex("cebae1bdb9cf83eda080")))),
                Arguments.of("6.4.1 UTF-8 that fails before its end", 1007, List.of(frame(TEXT, hex("cebaf4908080")))),
                Arguments.of("7.3.2 a close of one byte", 1002, List.of(frame(FIN | CLOSE, "a"))),
                Arguments.of("7.3.6 a close of 126 bytes", 1002, List.of(tooLong(CLOSE))),
                Arguments.of("7.5.1 a reason that is no UTF-8", 1007, List.of(frame(FIN | CLOSE, hex("03e8eda080")))),
                Arguments.of("a frame without a mask", 1002, List.of(unmasked)));
        Stream<Arguments> reserved = IntStream.rangeClosed(1, 7)
                .mapToObj(bits -> Arguments.of(
                        "3." + bits + " reserved bits", 1002, List.of(frame(FIN | bits << 4 | TEXT, "a"))));
        Stream<Arguments> opcodes = IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .mapToObj(code -> Arguments.of("4 opcode " + code, 1002, List.of(frame(FIN | code, "a"))));
        Stream<Arguments> codes = IntStream.of(0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999)
                .mapToObj(code -> Arguments.of("7.9 close code " + code, 1002, List.of(closing(code))));
        return Stream.of(named, reserved, opcodes, codes).flatMap(all -> all);
    }

    /** A control frame of 126 bytes: {@link Frames} makes none. */
    private static byte[] tooLong(int opcode) {
        byte[] frame = frame(FIN | BINARY, "p".repeat(126));
        frame[0] = (byte) (FIN | opcode);
        return frame;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] closing(int code) {
        return frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void who_breaks_the_protocol_is_told_and_the_server_ends_the_connection(
            String what, int code, List<byte[]> frames) {
        try (RawTalker client = open()) {
            client.sends(frame(FIN | TEXT, "before"));
            assertThat(client.frame()).isEqualTo(got(FIN | TEXT, "before".getBytes(UTF_8)));
            frames.forEach(client::sends);
            assertThat(client.closeCode()).as(what).isEqualTo(code);
            client.awaitEnd();
        }
    }

    @Test
    void a_compressed_frame_without_an_agreement_is_a_violation() {
        try (RawTalker client = open()) {
            assertThat(client.sends(frame(FIN | RSV1 | TEXT, "a")).closeCode()).isEqualTo(1002);
        }
    }

    @ParameterizedTest(name = "7.7 close code {0}")
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void a_valid_close_code_is_answered_and_the_server_ends_the_connection(int code) {
        try (RawTalker client = open()) {
            assertThat(client.sends(closing(code)).closeCode()).isEqualTo(code);
            client.awaitEnd();
        }
    }

    @Test
    void what_comes_behind_a_close_is_not_answered() {
        try (RawTalker client = open()) {
            client.sends(closing(1000), frame(FIN | PING, "late"), frame(FIN | TEXT, "late"));
            assertThat(client.frame()).isEqualTo(got(FIN | CLOSE, new byte[] {3, (byte) 0xE8}));
            client.awaitEnd();
        }
    }
}
