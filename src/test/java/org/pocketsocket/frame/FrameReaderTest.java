package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocketsocket.frame.Frames.BINARY;
import static org.pocketsocket.frame.Frames.CONTINUATION;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.PING;
import static org.pocketsocket.frame.Frames.RSV1;
import static org.pocketsocket.frame.Frames.RSV2;
import static org.pocketsocket.frame.Frames.RSV3;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.bytes;
import static org.pocketsocket.frame.Wire.hex;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.read;
import static org.pocketsocket.frame.Wire.to;
import static org.pocketsocket.frame.Wire.utf8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader accepts and refuses, as either role and however the stream is cut (NW-4). */
class FrameReaderTest {

    @ParameterizedTest
    @EnumSource
    void controlFramesMayComeBetweenFragments(Role role) { // NW-22
        assertThat(read(
                        Rules.of(role),
                        to(role, TEXT, "Hel"),
                        to(role, FIN | PING, "are you there"),
                        to(role, CONTINUATION, ""),
                        to(role, FIN | Frames.PONG, ""),
                        to(role, FIN | CONTINUATION, "lo"),
                        to(role, FIN | BINARY, "next")))
                .containsExactly("ping are you there", "pong ", "text Hello", "binary next");
    }

    @ParameterizedTest
    @EnumSource
    void aDataFrameMayNot(Role role) { // NW-22
        assertThat(read(Rules.of(role), to(role, TEXT, "a"), to(role, FIN | TEXT, "b")))
                .containsExactly("violation 1002");
        assertThat(sentence(role, join(to(role, TEXT, "a"), to(role, FIN | TEXT, "b"))))
                .isEqualTo("Attempted to interleave non-control frames.");
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsContinuedThatWasNotBegun(Role role) { // NW-25
        assertThat(read(Rules.of(role), to(role, FIN | CONTINUATION, "a"))).containsExactly("violation 1002");
        assertThat(read(Rules.of(role), to(role, FIN | TEXT, "a"), to(role, CONTINUATION, "b")))
                .containsExactly("text a", "violation 1002");
    }

    @ParameterizedTest
    @EnumSource
    void aControlFrameIsNeverFragmented(Role role) { // NW-22
        assertThat(read(Rules.of(role), to(role, PING, "a"))).containsExactly("violation 1002");
        assertThat(sentence(role, to(role, PING, "a"))).isEqualTo("Fragmented control frame.");
    }

    @Test
    void aControlFrameCarriesAtMost125Bytes() { // NW-25
        assertThat(read(Rules.client(), Frames.ping(new byte[125])))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("ping 125");
        assertThat(read(Rules.client(), hex("89 7e 00 7e"), new byte[126])).containsExactly("violation 1002");
    }

    @Test
    void theRolesTellWhoMasks() { // NW-24
        assertThat(read(Rules.server(), Frames.text("a"))).containsExactly("violation 1002");
        assertThat(read(Rules.client(), Frames.masked(FIN | TEXT, utf8("a"), 7)))
                .containsExactly("violation 1002");
        assertThat(sentence(Role.SERVER, Frames.text("a"))).isEqualTo("Unmasked frame from client.");
        assertThat(sentence(Role.CLIENT, to(Role.SERVER, FIN | TEXT, "a"))).isEqualTo("Masked frame from server.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 7e 00 7d",
                "82 7f 00 00 00 00 00 00 ff ff",
                "82 7f 00 00 00 00 00 00 00 01",
                "82 7f ff ff ff ff ff ff ff ff"
            })
    void aLengthHasOneForm(String header) { // NW-25
        assertThat(read(Rules.client(), hex(header))).containsExactly("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void anOpcodeMustBeKnown(int opcode) { // NW-24
        for (Role role : Role.values()) {
            assertThat(read(Rules.of(role), to(role, FIN | opcode, ""))).containsExactly("violation 1002");
            assertThat(sentence(role, to(role, FIN | opcode, ""))).isEqualTo("Invalid opcode received.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RSV1, RSV2, RSV3, RSV1 | RSV2 | RSV3})
    void aReservedBitMustHaveAMeaning(int bits) { // NW-25
        for (Role role : Role.values()) {
            assertThat(read(Rules.of(role), to(role, FIN | bits | TEXT, "a"))).containsExactly("violation 1002");
            assertThat(read(Rules.of(role).withReserved(bits), to(role, FIN | bits | TEXT, "a")))
                    .containsExactly(Integer.toHexString(FIN | bits | TEXT) + " a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reservedBitsOfFragmentsAddUp(Role role) { // NW-23
        Rules rules = Rules.of(role).withReserved(RSV1 | RSV3);
        assertThat(read(rules, to(role, RSV1 | TEXT, "a"), to(role, RSV3 | CONTINUATION, "b"), to(role, FIN, "c")))
                .containsExactly("d1 abc");
    }

    @Test
    void aControlFrameMayHaveReservedBitsToo() {
        Rules rules = Rules.client().withReserved(RSV2);
        assertThat(read(rules, Frames.of(FIN | RSV2 | PING, utf8("a")))).containsExactly("a9 a");
        assertThat(read(rules, Frames.of(FIN | RSV2 | Frames.CLOSE, bytes()))).containsExactly("close 1005 ");
    }

    @ParameterizedTest
    @EnumSource
    void afterACloseNothingIsRead(Role role) { // NW-33
        byte[] close = to(role, FIN | Frames.CLOSE, "");
        assertThat(read(Rules.of(role), close, to(role, FIN | TEXT, "late"), close, bytes(0xff, 0xff)))
                .containsExactly("close 1005 ");
    }

    @ParameterizedTest
    @EnumSource
    void afterAViolationNothingIsRead(Role role) {
        assertThat(read(Rules.of(role), to(role, FIN | 7, ""), to(role, FIN | TEXT, "late")))
                .containsExactly("violation 1002");
    }

    @ParameterizedTest
    @CsvSource({
        "0,false",
        "999,false",
        "1000,true",
        "1003,true",
        "1004,false",
        "1005,false",
        "1006,false",
        "1007,true",
        "1014,true"
    })
    @CsvSource({
        "1015,false",
        "1016,false",
        "2999,false",
        "3000,true",
        "3999,true",
        "4000,true",
        "4999,true",
        "5000,false",
        "65535,false"
    })
    void someCloseCodesAreNeverSent(int code, boolean allowed) { // NW-14, NW-25
        assertThat(read(Rules.client(), bytes(0x88, 2, code >> 8, code)))
                .containsExactly(allowed ? "close " + code + " " : "violation 1002");
        assertThat(Close.isSendable(code)).isEqualTo(allowed);
    }

    @Test
    void aClosesPayloadIsNotOneByte() { // NW-25
        assertThat(read(Rules.client(), bytes(0x88, 1, 3))).containsExactly("violation 1002");
    }

    @Test
    void aClosesReasonIsUtf8() {
        assertThat(read(Rules.client(), hex("88 04 03 e8 c3 a9"))).containsExactly("close 1000 é");
        assertThat(read(Rules.client(), hex("88 03 03 e8 c3"))).containsExactly("violation 1007");
    }

    @ParameterizedTest
    @EnumSource
    void fragmentsCanBeDeliveredEachForItself(Role role) { // NW-5
        assertThat(read(
                        Rules.of(role).eachFragment(),
                        to(role, TEXT, bytes(0xc3)),
                        to(role, FIN | PING, ""),
                        to(role, CONTINUATION, bytes(0xa9, 'b')),
                        to(role, FIN, "c"),
                        to(role, FIN | TEXT, "whole"),
                        to(role, BINARY, bytes(0xc3)),
                        to(role, FIN, "")))
                .containsExactly("1 Ã", "ping ", "0 ©b", "80 c", "text whole", "2 Ã", "80 ");
    }

    @ParameterizedTest
    @EnumSource
    void alsoThenTextMustEndWithACharacter(Role role) {
        Rules rules = Rules.of(role).eachFragment();
        assertThat(read(rules, to(role, TEXT, "a"), to(role, FIN, bytes(0xc3))))
                .containsExactly("1 a", "violation 1007");
        assertThat(read(rules.withReserved(RSV1), to(role, TEXT, bytes(0xc3)), to(role, FIN | RSV1, "")))
                .containsExactly("1 Ã", "c0 ");
    }

    @ParameterizedTest
    @EnumSource
    void aTextThatBecameSomethingElseDoesNotSpoilTheNext(Role role) {
        Rules rules = Rules.of(role).withReserved(RSV1);
        byte[] changed = join(to(role, TEXT, bytes(0xc3)), to(role, FIN | RSV1, bytes(0xff)));
        assertThat(read(rules, changed, to(role, TEXT, "a"), to(role, FIN, "b")))
                .containsExactly("c1 Ãÿ", "text ab");
    }

    @Test
    void aHandlerNeedNotCareForWhatItsRulesDoNotAllow() {
        var quiet = new Ignoring();
        quiet.other(FIN | 3, bytes());
        assertThat(quiet).isNotNull();
    }

    private static String sentence(Role role, byte[] stream) {
        var reader = new FrameReader(Rules.of(role), new Ignoring());
        var thrown = new String[1];
        assertThatThrownBy(() -> reader.read(stream, 0, stream.length))
                .isInstanceOf(ProtocolException.class) // NW-26
                .satisfies(violation -> thrown[0] = violation.getMessage())
                .satisfies(violation -> assertThat(violation.getStackTrace()).isEmpty());
        return thrown[0];
    }
}
