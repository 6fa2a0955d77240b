package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.frame.Wire.bytes;
import static org.pocketsocket.frame.Wire.hex;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.read;
import static org.pocketsocket.frame.Wire.utf8;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 6455, 5.7, read and written. */
class FrameVectorsTest {
    private static final String HELLO = "48 65 6c 6c 6f";
    private static final String MASKED_HELLO = "37 fa 21 3d 7f 9f 4d 51 58";

    @Test
    void aServersTextIsNotMasked() {
        assertThat(read(Rules.client(), hex("81 05" + HELLO))).containsExactly("text Hello");
        assertThat(Frames.text("Hello")).isEqualTo(hex("81 05" + HELLO));
    }

    @Test
    void aClientsTextIsMasked() {
        assertThat(read(Rules.server(), hex("81 85" + MASKED_HELLO))).containsExactly("text Hello");
        assertThat(Frames.masked(Frames.FIN | Frames.TEXT, utf8("Hello"), Wire.KEY))
                .isEqualTo(hex("81 85" + MASKED_HELLO));
    }

    @Test
    void twoFragmentsAreOneText() {
        assertThat(read(Rules.client(), hex("01 03 48 65 6c"), hex("80 02 6c 6f")))
                .containsExactly("text Hello");
        assertThat(Frames.of(Frames.TEXT, utf8("Hel"))).isEqualTo(hex("01 03 48 65 6c"));
        assertThat(Frames.of(Frames.FIN | Frames.CONTINUATION, utf8("lo"))).isEqualTo(hex("80 02 6c 6f"));
    }

    @Test
    void aPingAndItsMaskedPong() {
        assertThat(read(Rules.client(), hex("89 05" + HELLO))).containsExactly("ping Hello");
        assertThat(read(Rules.server(), hex("8a 85" + MASKED_HELLO))).containsExactly("pong Hello");
        assertThat(Frames.ping(utf8("Hello"))).isEqualTo(hex("89 05" + HELLO));
        assertThat(Frames.pong(utf8("Hello"))).isEqualTo(hex("8a 05" + HELLO));
    }

    @Test
    void twoHundredFiftySixBytes() {
        byte[] frame = join(hex("82 7e 01 00"), new byte[256]);
        assertThat(Frames.binary(new byte[256])).isEqualTo(frame);
        assertThat(read(Rules.client(), frame)).singleElement().asString().startsWith("binary 256 long");
    }

    @Test
    void sixtyFourKibibytes() {
        byte[] frame = join(hex("82 7f 00 00 00 00 00 01 00 00"), new byte[65_536]);
        assertThat(Frames.binary(new byte[65_536])).isEqualTo(frame);
        assertThat(read(Rules.client(), frame)).singleElement().asString().startsWith("binary 65536 long");
    }

    @Test
    void aServersEmptyClose() {
        assertThat(Frames.close(Close.NO_CODE, "")).isEqualTo(hex("88 00"));
        assertThat(read(Rules.client(), hex("88 00"))).containsExactly("close 1005 ");
    }

    @Test
    void aCloseWithCodeAndReason() {
        assertThat(Frames.close(1000, "bye")).isEqualTo(hex("88 05 03 e8 62 79 65"));
        assertThat(Frames.close(1000, "")).as("NW-14: a code without a reason").isEqualTo(hex("88 02 03 e8"));
        assertThat(read(Rules.client(), hex("88 05 03 e8 62 79 65"))).containsExactly("close 1000 bye");
    }

    @ParameterizedTest
    @CsvSource({"0,2", "125,2", "126,4", "127,4", "65535,4", "65536,10"})
    void lengthsTakeTheirShortestForm(int length, int header) { // NW-12
        byte[] payload = new byte[length];
        assertThat(Frames.size(length)).isEqualTo(header + length);
        assertThat(Frames.binary(payload)).hasSize(header + length);
        for (Role role : Role.values()) {
            byte[] frame = Wire.to(role, Frames.FIN | Frames.BINARY, payload);
            assertThat(read(Rules.of(role), frame))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("binary");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 125, 126, 1000})
    void maskingIsUndoneAtAnyLength(
            int length) { // NW-12; NW-24 [bug]: the original's server mis-read more than 125 bytes
        String text = "abcdefghijklm".repeat(100).substring(0, length);
        assertThat(read(Rules.server(), Frames.masked(Frames.FIN | Frames.TEXT, utf8(text), 0x80ff017f)))
                .isEqualTo(read(Rules.client(), Frames.text(text)));
    }

    @Test
    void manyFramesFitInOneArray() {
        byte[] all = new byte[Frames.size(3) + Frames.size(300) + Frames.size(0)];
        int at = Frames.put(all, 0, Frames.FIN | Frames.TEXT, utf8("one"));
        int body = Frames.putHeader(all, at, Frames.FIN | Frames.BINARY, 300);
        Arrays.fill(all, body, body + 300, (byte) '2');
        at = Frames.put(all, body + 300, Frames.FIN | Frames.PING, bytes());
        assertThat(at).isEqualTo(all.length);
        assertThat(read(Rules.client(), all)).hasSize(3).startsWith("text one").endsWith("ping ");
    }
}
