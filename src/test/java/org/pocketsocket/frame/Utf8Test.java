package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.hex;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.read;
import static org.pocketsocket.frame.Wire.to;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text must be UTF-8, wherever it is cut (NW-25). */
class Utf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain ASCII, longer than a long",
                "é",
                "κόσμε",
                "日本語",
                "😀",
                "\uFFFD",
                "\uFFFE\uFFFF",
                "a\0b"
            })
    @ValueSource(
            strings = {
                "\u0080\u07ff\u0800\ud7ff\ue000\uffff",
                "\ud800\udc00\udbff\udfff",
                "eight by and 😀 then more and more"
            })
    void validTextArrivesAsItWas(String text) {
        for (Role role : Role.values()) {
            assertThat(read(Rules.of(role), to(role, FIN | TEXT, text))).containsExactly("text " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0 80",
                "c1 bf",
                "e0 80 80",
                "e0 9f bf",
                "ed a0 80",
                "ed bf bf",
                "f0 80 80 80",
                "f0 8f bf bf"
            })
    @ValueSource(
            strings = {
                "f4 90 80 80",
                "f5 80 80 80",
                "f8 88 80 80 80",
                "fe",
                "ff",
                "c3",
                "c3 28",
                "e2 82",
                "e2 28 a1",
                "f0 9f 98"
            })
    @ValueSource(strings = {"ef bf bd ff", "61 61 61 61 61 61 61 61 61 61 ff", "f0 9f 98 41", "ce ba ed a0 80 65 64"})
    void invalidTextIsNotDelivered(String octets) {
        for (Role role : Role.values()) {
            assertThat(read(Rules.of(role), to(role, FIN | TEXT, hex(octets)))).containsExactly("violation 1007");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCharacterMayStraddleFragments(Role role) { // NW-21 [bug], NW-25
        assertThat(read(Rules.of(role), to(role, TEXT, hex("f0 9f")), to(role, 0, hex("98")), to(role, FIN, hex("80"))))
                .containsExactly("text 😀");
        assertThat(read(
                        Rules.of(role),
                        to(role, TEXT, hex("f0 9f")),
                        to(role, FIN, hex("98")),
                        to(role, FIN | TEXT, "a")))
                .containsExactly("violation 1007");
    }

    @ParameterizedTest
    @CsvSource({"f4 90,2", "c3 28 41,2", "61 62 ed a0,4", "61 61 61 61 61 61 61 61 ff,9"})
    void aFaultIsFoundAtItsByte(String octets, int fault) { // Autobahn 6.4: fail fast
        byte[] text = hex(octets);
        byte[] announced = join(hex("81 0c"), text);
        for (int length = 1; length <= announced.length; length++) {
            var transcript = new Wire.Transcript(Rules.client(), null);
            byte[] arrived = Arrays.copyOf(announced, length);
            assertThat(transcript.feed(List.of(arrived))).hasSize(length < 2 + fault ? 0 : 1);
        }
    }

    @Test
    void weJudgeAsTheJdkDoes() {
        long seed = 6455;
        var random = new Random(seed);
        int[] tricky = {
            0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5
        };
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[1 + random.nextInt(12)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) tricky[random.nextInt(tricky.length)];
            }
            var utf8 = new Utf8();
            boolean valid = utf8.accepts(octets, 0, octets.length) && utf8.isComplete();
            assertThat(valid).as("seed %d, round %d", seed, round).isEqualTo(decodes(octets));
        }
    }

    private static boolean decodes(byte[] octets) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
