package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocketsocket.frame.Frames.CONTINUATION;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.PING;
import static org.pocketsocket.frame.Frames.RSV1;
import static org.pocketsocket.frame.Frames.RSV2;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.bytes;
import static org.pocketsocket.frame.Wire.hex;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.utf8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate: the examples of RFC 7692, 7.2.3, and two ends that use it. */
class DeflateTest {
    private final List<Deflate> opened = new ArrayList<>();

    @AfterEach
    void endAll() {
        opened.forEach(Deflate::close);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1 07 f2 48 cd c9 c9 07 00", // one block
                "41 03 f2 48 cd 80 04 c9 c9 07 00", // in fragments
                "c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00", // not compressed
                "c1 08 f3 48 cd c9 c9 07 00 00", // with a final block
                "c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00", // in two blocks
                "81 05 48 65 6c 6c 6f" // as it is
            })
    void theRfcsHello(String frames) {
        assertThat(read(Rules.client(), DeflateTerms.TAKEOVER, hex(frames))).containsExactly("text Hello");
    }

    @Test
    void theRfcsSecondHelloRefersToTheFirst() {
        byte[] twice = hex("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00");
        assertThat(read(Rules.client(), DeflateTerms.TAKEOVER, twice)).containsExactly("text Hello", "text Hello");
        assertThat(read(Rules.client(), DeflateTerms.NO_TAKEOVER, twice))
                .containsExactly("text Hello", "violation 1007");
    }

    @Test
    void ourHelloIsTheRfcs() {
        var kept = open(Role.SERVER, DeflateTerms.TAKEOVER);
        assertThat(kept.deflate(utf8("Hello"))).isEqualTo(hex("f2 48 cd c9 c9 07 00"));
        assertThat(kept.deflate(utf8("Hello"))).isEqualTo(hex("f2 00 11 00 00"));
        var forgotten = open(Role.SERVER, DeflateTerms.NO_TAKEOVER);
        assertThat(forgotten.deflate(utf8("Hello"))).isEqualTo(forgotten.deflate(utf8("Hello")));
        assertThat(forgotten.deflate(bytes())).isEqualTo(bytes(0));
    }

    @ParameterizedTest
    @EnumSource
    void twoEndsUnderstandEachOther(Role role) { // Autobahn 12 and 13
        var random = new Random(7692);
        for (DeflateTerms terms : List.of(
                DeflateTerms.TAKEOVER,
                DeflateTerms.NO_TAKEOVER,
                new DeflateTerms(true, false, false),
                new DeflateTerms(false, true, true))) {
            var from = new Connection(Rules.of(role), open(role, terms));
            var other = role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
            var to = new Connection(Rules.of(other), open(other, terms));
            for (int size : new int[] {0, 16, 64, 77, 78, 79, 126, 256, 1024, 4096, 8192, 65_535, 131_072, 1}) {
                byte[] noise = new byte[size];
                random.nextBytes(noise);
                to.receive(from.send(Data.binary(noise)));
                assertThat(((Message) to.next()).bytes()).isEqualTo(noise);
                String prose = "the same again, ".repeat(size / 16);
                byte[] frame = from.send(Data.text(prose));
                to.receive(frame);
                assertThat(frame[0]).isEqualTo((byte) (FIN | RSV1 | TEXT));
                assertThat(frame.length).isLessThan(64 + prose.length() / 16);
                assertThat(((Message) to.next()).text()).isEqualTo(prose);
            }
        }
    }

    @Test
    void fragmentsAndControlFramesAreSentAsTheyAre() {
        var connection = new Connection(Rules.server(), open(Role.SERVER, DeflateTerms.TAKEOVER));
        assertThat(connection.send(Data.text("a").unfinished())).isEqualTo(hex("01 01 61"));
        assertThat(connection.send(Data.ping(bytes()))).isEqualTo(hex("89 00"));
        assertThat(connection.send(Data.of("continuation", "b"))).isEqualTo(hex("80 01 62"));
        assertThat(connection.send(Data.text("c"))).startsWith(0xc1);
    }

    @Test
    void onlyAMessagesFirstFrameIsMarked() { // RFC 7692, 6
        byte[] begun = Frames.of(RSV1 | TEXT, hex("f2 48 cd"));
        for (byte[] wrong : List.of(
                join(begun, Frames.of(FIN | RSV1 | CONTINUATION, hex("c9 c9 07 00"))),
                Frames.of(FIN | RSV1 | PING, bytes()),
                Frames.of(FIN | RSV2 | TEXT, bytes()))) {
            assertThat(read(Rules.client(), DeflateTerms.TAKEOVER, wrong)).containsExactly("violation 1002");
        }
    }

    @Test
    void otherReservedBitsRemainTheApplications() {
        byte[] frame = Frames.of(FIN | RSV1 | RSV2 | TEXT, hex("f2 48 cd c9 c9 07 00"));
        assertThat(read(Rules.client().withReserved(RSV2), DeflateTerms.TAKEOVER, frame))
                .containsExactly("a1 Hello");
    }

    @Test
    void whatIsInflatedMustBeText() {
        var deflate = open(Role.SERVER, DeflateTerms.NO_TAKEOVER);
        byte[] frame = Frames.of(FIN | RSV1 | TEXT, deflate.deflate(bytes('a', 0xff)));
        assertThat(read(Rules.client(), DeflateTerms.NO_TAKEOVER, frame)).containsExactly("violation 1007");
    }

    @Test
    void aBombIsStoppedAtTheLimit() {
        byte[] bomb = open(Role.SERVER, DeflateTerms.TAKEOVER).deflate(new byte[64 << 20]);
        assertThat(bomb).hasSizeLessThan(70_000);
        assertThat(read(Rules.client(), DeflateTerms.TAKEOVER, Frames.of(FIN | RSV1 | TEXT, bomb)))
                .containsExactly("violation 1009");
        byte[] fits = open(Role.SERVER, DeflateTerms.TAKEOVER).deflate(new byte[1 << 20]);
        assertThat(open(Role.CLIENT, DeflateTerms.TAKEOVER).inflate(fits, 1 << 20))
                .hasSize(1 << 20);
        assertThatThrownBy(() -> open(Role.CLIENT, DeflateTerms.TAKEOVER).inflate(fits, (1 << 20) - 1))
                .hasMessageContaining("Inflated Message Too Big");
    }

    @Test
    void finalBlocksMayBeEmpty() {
        byte[] empty = hex("c1 03 03 00 00 c1 05 03 00 03 00 00 c1 07 f2 48 cd c9 c9 07 00");
        assertThat(read(Rules.client(), DeflateTerms.TAKEOVER, empty)).containsExactly("text ", "text ", "text Hello");
    }

    @Test
    void whatIsNotDeflatedIsRefused() {
        assertThat(read(Rules.client(), DeflateTerms.TAKEOVER, Frames.of(FIN | RSV1 | TEXT, bytes(0xff, 0xff))))
                .containsExactly("violation 1007");
    }

    @Test
    void deflateWantsRsv1AndWholeMessages() {
        var deflate = open(Role.CLIENT, DeflateTerms.TAKEOVER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Connection(Rules.client().withReserved(RSV1), deflate));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Connection(Rules.client().eachFragment(), deflate));
    }

    @Test
    void closingEndsWhatTheJdkHoldsOutsideTheHeap() {
        var deflate = new Deflate(Role.CLIENT, DeflateTerms.TAKEOVER);
        deflate.close();
        assertThatThrownBy(() -> deflate.deflate(utf8("a"))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> deflate.inflate(utf8("a"), 1)).isInstanceOf(NullPointerException.class);
    }

    private Deflate open(Role role, DeflateTerms terms) {
        var deflate = new Deflate(role, terms);
        opened.add(deflate);
        return deflate;
    }

    private List<String> read(Rules rules, DeflateTerms terms, byte[] stream) {
        return Wire.read(() -> new Wire.Transcript(rules, open(rules.role(), terms)), stream);
    }
}
