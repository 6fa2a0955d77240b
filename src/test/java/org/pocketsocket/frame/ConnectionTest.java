package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocketsocket.frame.Connection.State.OPEN;
import static org.pocketsocket.frame.Event.Information.NEED_DATA;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.RSV1;
import static org.pocketsocket.frame.Frames.RSV2;
import static org.pocketsocket.frame.Frames.RSV3;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.bytes;
import static org.pocketsocket.frame.Wire.hex;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.to;
import static org.pocketsocket.frame.Wire.utf8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection by itself, and two that talk to each other. */
class ConnectionTest {

    @ParameterizedTest
    @EnumSource
    void isOpenFromBirthAndNeedsData(Role role) { // NW-1, NW-2, NW-3
        var connection = new Connection(role);
        assertThat(connection.state()).isEqualTo(OPEN);
        assertThat(connection.next()).isEqualTo(NEED_DATA);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatTheOtherSaid(Role role) { // NW-10, NW-12, NW-20, NW-21
        var pair = new Pair(role, Rules.of(role), Rules.of(other(role)));
        pair.send(Data.text("hello wörld!"));
        pair.send(Data.binary(bytes(1, 2)));
        pair.send(Data.ping(utf8("p")));
        pair.send(Data.pong(utf8("q")));
        pair.send(Data.of("binary", "text as bytes"));
        assertThat(pair.received())
                .extracting(Message::type)
                .containsExactly("text", "binary", "ping", "pong", "binary");
        assertThat(pair.received().get(0).text()).isEqualTo("hello wörld!");
        assertThat(pair.received().get(0).bytes()).isEqualTo(utf8("hello wörld!"));
        assertThat(pair.received().get(1).bytes()).containsExactly(1, 2);
        assertThat(pair.received()).allMatch(Message::fin).allMatch(message -> message.reserved() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void queuesAllThatOneChunkHeld(Role role) { // NW-4 [bug]
        var connection = new Connection(role);
        byte[] stream = join(to(role, FIN | TEXT, "a"), to(role, FIN | TEXT, "b"), to(role, FIN | TEXT, "c"));
        connection.receive(stream, 0, stream.length - 1);
        assertThat(connection.next()).hasToString("text: a");
        assertThat(connection.next()).hasToString("text: b");
        assertThat(connection.next()).isEqualTo(NEED_DATA);
        connection.receive(stream, stream.length - 1, 1);
        assertThat(connection.next()).hasToString("text: c");
    }

    @Test
    void leavesTheCallersBytesAsTheyWere() {
        byte[] frame = to(Role.SERVER, FIN | TEXT, "Hello");
        byte[] before = frame.clone();
        new Connection(Role.SERVER).receive(frame);
        assertThat(frame).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheAnswerToAPingToTheApplication(Role role) { // NW-15
        var connection = new Connection(role);
        connection.receive(to(role, FIN | Frames.PING, "are you there"));
        var ping = (Message) connection.next();
        assertThat(connection.next()).isEqualTo(NEED_DATA);
        var peer = new Connection(role == Role.CLIENT ? Role.SERVER : Role.CLIENT);
        peer.receive(connection.send(Data.pong(ping.bytes())));
        assertThat(peer.next()).hasToString("pong: are you t");
    }

    @Test
    void takesBuffersOfAnyKind() {
        byte[] frame = to(Role.SERVER, FIN | TEXT, "Hello");
        var connection = new Connection(Role.SERVER);
        var direct = ByteBuffer.allocateDirect(64).put(frame).flip();
        connection.receive(direct);
        connection.receive(ByteBuffer.wrap(frame).asReadOnlyBuffer());
        assertThat(direct.hasRemaining()).isFalse();
        assertThat(connection.next()).hasToString("text: Hello");
        assertThat(connection.next()).hasToString("text: Hello");
    }

    @ParameterizedTest
    @EnumSource
    void sendsAndReceivesFragments(Role role) { // NW-13
        var whole = new Pair(role, Rules.of(role), Rules.of(other(role)));
        var each = new Pair(role, Rules.of(role), Rules.of(other(role)).eachFragment());
        for (Pair pair : List.of(whole, each)) {
            pair.send(Data.text("Hel").unfinished());
            pair.send(Data.ping(bytes()));
            pair.send(Data.of("continuation", "").unfinished());
            pair.send(Data.of("continuation", "lo"));
            pair.send(Data.text("next"));
        }
        assertThat(whole.received()).map(Message::toString).containsExactly("ping: ", "text: Hello", "text: next");
        assertThat(each.received()) // NW-5
                .map(Message::toString)
                .containsExactly("text: Hel", "ping: ", "continuation: ", "continuation: lo", "text: next");
        assertThat(each.received()).map(Message::fin).containsExactly(false, true, false, true, true);
    }

    @Test
    void refusesFragmentsOutOfOrder() {
        var connection = new Connection(Role.SERVER);
        refused(connection, Data.of("continuation", "a"));
        connection.send(Data.text("a").unfinished());
        refused(connection, Data.text("b"));
        assertThat(connection.send(Data.of("continuation", "b"))).isEqualTo(hex("80 01 62"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToBreakTheProtocol(Role role) { // NW-11, NW-12, NW-14
        var connection = new Connection(role);
        refused(connection, Data.ping(bytes()).unfinished());
        refused(connection, Data.ping(new byte[126]));
        refused(connection, Data.of("nonsense", ""));
        refused(connection, Data.text("a").withReserved(RSV1));
        refused(connection, Data.of("close", "x"));
        refused(connection, Data.of("close", bytes(0x03, 0xed)));
        refused(connection, Data.close(1000, "r".repeat(124)));
        assertThatIllegalArgumentException().isThrownBy(() -> Data.text("a").withReserved(1));
        assertThat(connection.state()).isEqualTo(OPEN);
    }

    @ParameterizedTest
    @EnumSource
    void knowsTheApplicationsOwnTypes(Role role) { // NW-40, NW-41
        Rules ours = Rules.of(role).withOpcode("time", 11).withOpcode(3, "ascii");
        Rules theirs = Rules.of(other(role)).withOpcode(11, "time").withOpcode("ascii", 3);
        var pair = new Pair(role, ours, theirs);
        pair.send(Data.of("time", "x"));
        pair.send(Data.of("ascii", "a").unfinished());
        pair.send(Data.of("time", ""));
        pair.send(Data.of("continuation", "b"));
        assertThat(pair.received()).map(Message::toString).containsExactly("time: x", "time: ", "ascii: ab");
        refused(new Connection(ours), Data.of("time", "x").unfinished());
        refused(new Connection(ours), Data.of("time", new byte[126]));
        refused(new Connection(role), Data.of("time", "per connection, not for all"));
    }

    @Test
    void putsTheApplicationsTypesOnTheWire() { // seeds.md, 9
        Rules rules =
                Rules.server().withOpcode("time", 11).withOpcode("ascii", 3).withReserved(RSV1);
        var connection = new Connection(rules);
        assertThat(connection.send(Data.of("time", "x"))).isEqualTo(hex("8b 01 78"));
        assertThat(connection.send(Data.of("ascii", "x"))).startsWith(0x83);
        assertThat(connection.send(Data.text("x").withReserved(RSV1))).startsWith(0xc1);
        assertThat(connection.send(Data.close())).isEqualTo(hex("88 00"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 8, 9, 10, 16, 19})
    void hasNoOtherOpcodesToGiveAway(int opcode) { // NW-40
        assertThatIllegalArgumentException().isThrownBy(() -> Rules.client().withOpcode("mine", opcode));
    }

    @Test
    void givesAnOpcodeOneName() { // NW-40
        Rules rules = Rules.client().withOpcode("time", 15);
        assertThatIllegalArgumentException().isThrownBy(() -> rules.withOpcode("date", 15));
        assertThatIllegalArgumentException().isThrownBy(() -> rules.withOpcode("time", 14));
        assertThatIllegalArgumentException().isThrownBy(() -> rules.withOpcode("text", 3));
        assertThatIllegalArgumentException().isThrownBy(() -> rules.withReserved(FIN));
    }

    @ParameterizedTest
    @EnumSource
    void carriesReservedBits(Role role) { // NW-11, NW-20, NW-23
        int bits = RSV1 | RSV2 | RSV3;
        var pair = new Pair(
                role, Rules.of(role).withReserved(bits), Rules.of(other(role)).withReserved(bits));
        pair.send(Data.text("a").withReserved(RSV2));
        pair.send(Data.binary(bytes(1)).withReserved(RSV1).unfinished());
        pair.send(Data.of("continuation", "").withReserved(RSV3));
        assertThat(pair.received()).map(Message::reserved).containsExactly(RSV2, RSV1 | RSV3);
        assertThat(pair.received().get(0).text()).isEqualTo("a");
    }

    @Test
    void tellsWhenAMessageCame() { // NW-20
        var noon = Instant.parse("2026-01-01T12:00:00Z");
        var connection = new Connection(Rules.client(), null, () -> 0, () -> noon);
        connection.receive(Frames.text("more than nine"));
        var message = (Message) connection.next();
        assertThat(message.time()).isEqualTo(noon);
        assertThat(message).hasToString("text: more than");
    }

    @Test
    void masksWithTheGivenKeysAndOtherwiseAtRandom() { // NW-12
        var given = new Connection(Rules.client(), null, () -> Wire.KEY, Instant::now);
        assertThat(given.send(Data.text("Hello"))).isEqualTo(hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
        var random = new Connection(Role.CLIENT);
        assertThat(random.send(Data.text("a long text"))).isNotEqualTo(random.send(Data.text("a long text")));
    }

    @Test
    void hasBounds() { // NW-5
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.ofMessage(125));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(126, 125, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(126, 126, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.ofMessage(Integer.MAX_VALUE));
        var connection = new Connection(Rules.client().withLimits(Limits.ofMessage(126)));
        connection.receive(Frames.binary(new byte[127]));
        assertThatThrownBy(connection::next).hasMessageContaining("Too Big");
    }

    private static void refused(Connection connection, Data data) {
        assertThatIllegalArgumentException().isThrownBy(() -> connection.send(data));
    }

    private static Role other(Role role) {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }
}
