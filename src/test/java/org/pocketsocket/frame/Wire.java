package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Bytes for tests, and what a reader makes of them. */
final class Wire {
    static final int KEY = 0x3d21fa37; // 37 fa 21 3d on the wire, as in RFC 6455, 5.7
    private static final int RANDOM_CUTS = 5;

    private Wire() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** A frame as the peer of that role would get it. */
    static byte[] to(Role role, int first, byte[] payload) {
        return role == Role.SERVER ? Frames.masked(first, payload, KEY) : Frames.of(first, payload);
    }

    static byte[] to(Role role, int first, String text) {
        return to(role, first, utf8(text));
    }

    /** The same stream whole, byte by byte, and cut at random. */
    static List<List<byte[]>> cuts(byte[] stream) {
        List<List<byte[]>> cuts = new ArrayList<>();
        cuts.add(List.of(stream.clone()));
        cuts.add(cut(stream, new Random(0), 1));
        for (int seed = 1; seed <= RANDOM_CUTS; seed++) {
            cuts.add(cut(stream, new Random(seed), 1 << 2 * seed));
        }
        return cuts;
    }

    private static List<byte[]> cut(byte[] stream, Random random, int longest) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int to = Math.min(stream.length, at + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(stream, at, to));
            at = to;
        }
        return pieces;
    }

    /** What a reader tells of the stream, one line for each thing; the same however it is cut. */
    static List<String> read(Rules rules, byte[]... stream) {
        return read(() -> new Transcript(rules, null), join(stream));
    }

    static List<String> read(Supplier<Transcript> fresh, byte[] stream) {
        List<List<String>> told =
                cuts(stream).stream().map(pieces -> fresh.get().feed(pieces)).toList();
        assertThat(told).as("whole, byte by byte, at random cuts").allMatch(told.get(0)::equals);
        return told.get(0);
    }

    /** Writes down what a reader tells. */
    static final class Transcript implements FrameHandler {
        private static final int SHORT = 64;

        final List<String> lines = new ArrayList<>();
        private final FrameReader reader;

        Transcript(Rules rules, Deflate deflate) {
            reader = deflate == null ? new FrameReader(rules, this) : new FrameReader(rules, this, deflate);
        }

        List<String> feed(List<byte[]> pieces) {
            for (byte[] piece : pieces) {
                // read in the middle of a larger buffer, as sockets do
                byte[] buffer = join(new byte[] {1, 2, 3}, piece, new byte[] {4, 5});
                try {
                    reader.read(buffer, 3, piece.length);
                } catch (ProtocolException violation) {
                    lines.add("violation " + violation.code());
                }
            }
            return lines;
        }

        @Override
        public void text(String text) {
            lines.add("text " + shorten(text));
        }

        @Override
        public void binary(byte[] payload) {
            lines.add("binary " + show(payload));
        }

        @Override
        public void ping(byte[] payload) {
            lines.add("ping " + show(payload));
        }

        @Override
        public void pong(byte[] payload) {
            lines.add("pong " + show(payload));
        }

        @Override
        public void close(int code, String reason) {
            lines.add("close " + code + " " + reason);
        }

        @Override
        public void other(int first, byte[] payload) {
            lines.add(Integer.toHexString(first) + " " + show(payload));
        }

        private static String show(byte[] payload) {
            return shorten(new String(payload, ISO_8859_1));
        }

        private static String shorten(String text) {
            return text.length() <= SHORT ? text : text.length() + " long, hash " + text.hashCode();
        }
    }
}
