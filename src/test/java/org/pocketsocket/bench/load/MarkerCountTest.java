package org.pocketsocket.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.frame.Frames;

/** A generator that miscounts measures nothing. */
class MarkerCountTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "@@M, 1",
        "@@@M, 1",
        "@@@@M@@M, 2",
        "@@ M@@, 0",
        "{\"text\":\"hi @@M\"}{\"text\":\"ho @@M\"}, 2",
    })
    void counts_markers(String text, int expected) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        assertThat(new MarkerCount("@@M").in(bytes, 0, bytes.length)).isEqualTo(expected);
    }

    @Test
    void markers_do_not_overlap() {
        assertThat(new MarkerCount("aba").in("ababa".getBytes(ISO_8859_1), 0, 5))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@@M", "aabaa", "x"})
    void cuts_change_nothing(String marker) {
        Random random = new Random(1);
        byte[] bytes = new byte[5000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (marker + " ").charAt(random.nextInt(marker.length() + 1));
        }
        int whole = new MarkerCount(marker).in(bytes, 0, bytes.length);
        assertThat(whole).isPositive();
        for (int round = 0; round < 100; round++) {
            MarkerCount count = new MarkerCount(marker);
            assertThat(cut(bytes, random, count::in)).isEqualTo(whole);
        }
    }

    @Test
    void frames_are_cut_out_and_several_messages_in_one_count_as_several() {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(Frames.text("one @@M"));
        wire.writeBytes(Frames.ping("@@M".getBytes(ISO_8859_1)));
        wire.writeBytes(Frames.text(""));
        wire.writeBytes(Frames.text("two @@M " + "-".repeat(200) + " three @@M"));
        wire.writeBytes(Frames.of(Frames.TEXT, "four @".getBytes(ISO_8859_1)));
        wire.writeBytes(Frames.of(Frames.FIN, "@M".getBytes(ISO_8859_1)));
        wire.writeBytes(Frames.text("-".repeat(70_000) + "five @@M"));
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            Tally tally = new Tally();
            cut(wire.toByteArray(), random, tally::read);
            assertThat(tally).hasToString("5 markers in 7 frames, 1 ping");
        }
    }

    private interface Reader {
        int read(byte[] bytes, int from, int to);
    }

    private static int cut(byte[] bytes, Random random, Reader reader) {
        int sum = 0;
        for (int at = 0; at < bytes.length; ) {
            int to = Math.min(
                    bytes.length, at + 1 + (random.nextInt(3) == 0 ? random.nextInt(1000) : random.nextInt(5)));
            sum += reader.read(bytes, at, to);
            at = to;
        }
        return sum;
    }

    private static final class Tally {
        private final FrameCutter cutter = new FrameCutter(this::piece);
        private final MarkerCount markers = new MarkerCount("@@M");
        private int count;
        private int frames;
        private int pings;

        int read(byte[] bytes, int from, int to) {
            cutter.read(bytes, from, to);
            return 0;
        }

        private void piece(int opcode, FrameCutter.Piece piece, boolean last) {
            frames += last ? 1 : 0;
            if (opcode < FrameCutter.CLOSE) {
                count += markers.in(piece.bytes, piece.from, piece.to);
            } else if (last && opcode == FrameCutter.PING) {
                pings++;
            }
        }

        @Override
        public String toString() {
            return count + " markers in " + frames + " frames, " + pings + " ping";
        }
    }
}
