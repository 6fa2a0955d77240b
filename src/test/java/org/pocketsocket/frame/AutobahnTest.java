package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.frame.Frames.BINARY;
import static org.pocketsocket.frame.Frames.CLOSE;
import static org.pocketsocket.frame.Frames.CONTINUATION;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.PING;
import static org.pocketsocket.frame.Frames.PONG;
import static org.pocketsocket.frame.Frames.RSV1;
import static org.pocketsocket.frame.Frames.RSV2;
import static org.pocketsocket.frame.Frames.RSV3;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.bytes;
import static org.pocketsocket.frame.Wire.hex;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.to;
import static org.pocketsocket.frame.Wire.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The public case catalogue of the Autobahn test suite, against an echo without a network; every case as either role. */
class AutobahnTest {
    private static final Limits LARGE = Limits.ofMessage(16 << 20);

    @TestFactory
    Stream<DynamicTest> framing() {
        return cases(
                echoes("1.1 text", frame(FIN | TEXT, "*".repeat(65_536)), "text"),
                echoes("1.2 binary", frame(FIN | BINARY, "\u007f".repeat(127)), "binary"),
                new Case("2.1 ping without payload", List.of(frame(FIN | PING, "")), List.of("ping ")),
                new Case(
                        "2.4 ping of 125 bytes",
                        List.of(frame(FIN | PING, "p".repeat(60))),
                        List.of("ping " + "p".repeat(60))),
                fails("2.5 ping of 126 bytes", 1002, raw("89 fe 00 7e", "89 7e 00 7e", 126)),
                new Case("2.7 unsolicited pong", List.of(frame(FIN | PONG, "x")), List.of("pong x")),
                new Case(
                        "2.10 ten pings",
                        IntStream.range(0, 10)
                                .mapToObj(i -> frame(FIN | PING, "p" + i))
                                .toList(),
                        IntStream.range(0, 10).mapToObj(i -> "ping p" + i).toList()));
    }

    @TestFactory
    Stream<DynamicTest> reservedBitsAndOpcodes() {
        Stream<Case> reserved = Stream.of(RSV3, RSV2, RSV2 | RSV3, RSV1, RSV1 | RSV3, RSV1 | RSV2, RSV1 | RSV2 | RSV3)
                .flatMap(bits -> Stream.of(TEXT, BINARY, PING, CLOSE)
                        .map(opcode -> fails("3 reserved bits", 1002, frame(FIN | bits | opcode, "a"))));
        Stream<Case> opcodes = Stream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .flatMap(opcode -> Stream.of("", "a").map(text -> fails("4 opcode", 1002, frame(FIN | opcode, text))));
        return cases(Stream.concat(reserved, opcodes).toArray(Case[]::new));
    }

    @TestFactory
    Stream<DynamicTest> fragmentation() {
        Frame one = frame(TEXT, "fragment1");
        Frame two = frame(FIN | CONTINUATION, "fragment2");
        Frame ping = frame(FIN | PING, "in between");
        return cases(
                fails("5.1 ping in fragments", 1002, frame(PING, "a"), two),
                fails("5.2 pong in fragments", 1002, frame(PONG, "a"), two),
                new Case("5.3 text in two", List.of(one, two), List.of("text fragment1fragment2")),
                new Case(
                        "5.6 with a ping",
                        List.of(one, ping, two),
                        List.of("ping in between", "text fragment1fragment2")),
                fails("5.9 continuation of nothing", 1002, two, frame(FIN | TEXT, "a")),
                fails("5.11 continuation of nothing, cut", 1002, two),
                fails("5.12 not final continuation of nothing", 1002, frame(CONTINUATION, "a"), frame(FIN | TEXT, "b")),
                new Case(
                        "5.15 two messages, then a continuation of nothing",
                        List.of(one, two, frame(CONTINUATION, "a")),
                        List.of("text fragment1fragment2", "violation 1002")),
                fails("5.16 continuations of nothing", 1002, frame(CONTINUATION, "a"), one, two),
                fails("5.18 text in text", 1002, one, frame(FIN | TEXT, "a")),
                new Case(
                        "5.19 five fragments, two pings",
                        List.of(
                                one,
                                frame(CONTINUATION, "2"),
                                ping,
                                frame(CONTINUATION, "3"),
                                frame(CONTINUATION, "4"),
                                ping,
                                frame(FIN, "5")),
                        List.of("ping in between", "ping in between", "text fragment12345")));
    }

    @TestFactory
    Stream<DynamicTest> utf8InFragments() {
        String greek = "κόσμε";
        Frame[] octets = IntStream.range(0, utf8(greek).length)
                .mapToObj(i -> new Frame(i == 0 ? TEXT : CONTINUATION, Arrays.copyOfRange(utf8(greek), i, i + 1)))
                .toArray(Frame[]::new);
        List<Frame> each = new ArrayList<>(List.of(octets));
        each.add(frame(FIN, ""));
        byte[] bad = join(utf8(greek), hex("ed a0 80"), utf8("edited"));
        return cases(
                new Case("6.1.1 empty", List.of(frame(FIN | TEXT, "")), List.of("text ")),
                new Case(
                        "6.1.2 three empty",
                        List.of(frame(TEXT, ""), frame(CONTINUATION, ""), frame(FIN, "")),
                        List.of("text ")),
                new Case(
                        "6.1.3 empty around text",
                        List.of(frame(TEXT, ""), frame(CONTINUATION, "middle"), frame(FIN, "")),
                        List.of("text middle")),
                new Case("6.2.3 each octet a fragment", each, List.of("text " + greek)),
                fails("6.3.1 invalid", 1007, new Frame(FIN | TEXT, bad)),
                fails(
                        "6.4.1 invalid in the second of three",
                        1007,
                        frame(TEXT, greek),
                        new Frame(0, hex("f4 90 80 80")),
                        frame(FIN, "a")),
                fails(
                        "6.4.2 straddling",
                        1007,
                        new Frame(TEXT, join(utf8(greek), hex("f4"))),
                        new Frame(0, hex("90"))));
    }

    /** 6.4.3 and 6.4.4: the fault is in a frame that never ends. */
    @Test
    void utf8FailsFastWithinAFrame() {
        for (Role role : Role.values()) {
            byte[] frame = to(role, FIN | TEXT, join(utf8("κόσμε"), hex("f4 90 80 80"), utf8("edited")));
            int head = role == Role.SERVER ? 6 : 2;
            var transcript = new Wire.Transcript(Rules.of(role), null);
            assertThat(transcript.feed(List.of(Arrays.copyOf(frame, head + 11))))
                    .isEmpty();
            assertThat(transcript.feed(List.of(Arrays.copyOfRange(frame, head + 11, head + 12))))
                    .containsExactly("violation 1007");
        }
    }

    @TestFactory
    Stream<DynamicTest> closing() {
        Frame close = new Frame(FIN | CLOSE, bytes(0x03, 0xe8));
        Frame late = frame(FIN | TEXT, "late");
        Stream<Case> fixed = Stream.of(
                new Case(
                        "7.1.1 after a message",
                        List.of(frame(FIN | TEXT, "a"), close),
                        List.of("text a", "close 1000 ")),
                new Case("7.1.2 two", List.of(close, close), List.of("close 1000 ")),
                new Case("7.1.3 ping after", List.of(close, frame(FIN | PING, "")), List.of("close 1000 ")),
                new Case("7.1.4 text after", List.of(close, late), List.of("close 1000 ")),
                new Case(
                        "7.1.5 within a message",
                        List.of(frame(TEXT, "a"), close, frame(FIN, "b")),
                        List.of("close 1000 ")),
                new Case("7.3.1 no payload", List.of(frame(FIN | CLOSE, "")), List.of("close 1005 ")),
                fails("7.3.2 one byte", 1002, frame(FIN | CLOSE, "a")),
                new Case("7.3.3 a code", List.of(close), List.of("close 1000 ")),
                new Case(
                        "7.3.5 reason of 123 bytes",
                        List.of(new Frame(FIN | CLOSE, join(bytes(0x03, 0xe8), utf8("r".repeat(123))))),
                        List.of("close 1000 " + "r".repeat(123))),
                fails("7.3.6 reason of 124 bytes", 1002, raw("88 fe 00 7e", "88 7e 00 7e", 126)),
                fails(
                        "7.5.1 reason not UTF-8",
                        1007,
                        new Frame(FIN | CLOSE, join(bytes(0x03, 0xe8), hex("ce ba ed a0 80")))));
        Stream<Case> valid = Stream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
                .map(code -> new Case(
                        "7.7",
                        List.of(new Frame(FIN | CLOSE, bytes(code >> 8, code))),
                        List.of("close " + code + " ")));
        Stream<Case> invalid = Stream.of(0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535)
                .map(code -> fails("7.9 and 7.13", 1002, new Frame(FIN | CLOSE, bytes(code >> 8, code))));
        return cases(Stream.of(fixed, valid, invalid).flatMap(all -> all).toArray(Case[]::new));
    }

    /** 9.1 to 9.8, and 10.1: large messages, in large and small pieces. */
    @Test
    void largeMessages() {
        for (Role role : Role.values()) {
            for (Map.Entry<Integer, Integer> size :
                    Map.of(65_536, 65_536, 4 << 20, 65_536, 16 << 20, 16 << 20).entrySet()) {
                int length = size.getKey();
                int fragment = size.getValue();
                List<byte[]> frames = new ArrayList<>();
                for (int at = 0; at < length; at += fragment) {
                    int first = (at == 0 ? TEXT : CONTINUATION) | (at + fragment == length ? FIN : 0);
                    frames.add(to(role, first, "*".repeat(fragment)));
                }
                var transcript = new Wire.Transcript(Rules.of(role).withLimits(LARGE), null);
                for (byte[] frame : frames) {
                    for (int at = 0; at < frame.length; at += 1300) {
                        transcript.feed(List.of(Arrays.copyOfRange(frame, at, Math.min(at + 1300, frame.length))));
                    }
                }
                assertThat(transcript.lines).singleElement().asString().startsWith("text " + length + " long");
            }
        }
    }

    private static Stream<DynamicTest> cases(Case... cases) {
        return Arrays.stream(cases).flatMap(one -> Arrays.stream(Role.values())
                .map(role -> DynamicTest.dynamicTest(one.name + ", as " + role, () -> one.run(role))));
    }

    private static Case fails(String name, int code, Frame... frames) {
        return new Case(name, List.of(frames), List.of("violation " + code));
    }

    private static Case echoes(String name, Frame frame, String type) {
        String text = new String(frame.payload, UTF_8);
        String told = text.length() <= 64 ? text : text.length() + " long, hash " + text.hashCode();
        return new Case(name, List.of(frame), List.of(type + " " + told));
    }

    private static Frame frame(int first, String text) {
        return new Frame(first, utf8(text));
    }

    /** A header that we would not write, with as many zeros behind it. */
    private static Frame raw(String toServer, String toClient, int zeros) {
        return new Frame(0, new byte[0]) {
            @Override
            byte[] as(Role role) {
                return join(hex(role == Role.SERVER ? toServer + "00000000" : toClient), new byte[zeros]);
            }
        };
    }

    private static class Frame {
        private final int first;
        private final byte[] payload;

        Frame(int first, byte[] payload) {
            this.first = first;
            this.payload = payload;
        }

        byte[] as(Role role) {
            return to(role, first, payload);
        }
    }

    private record Case(String name, List<Frame> frames, List<String> told) {
        void run(Role role) {
            byte[][] stream = frames.stream().map(frame -> frame.as(role)).toArray(byte[][]::new);
            assertThat(Wire.read(Rules.of(role), stream)).isEqualTo(told);
        }
    }
}
