package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocketsocket.frame.Connection.State.CLOSED;
import static org.pocketsocket.frame.Connection.State.CLOSING;
import static org.pocketsocket.frame.Connection.State.OPEN;
import static org.pocketsocket.frame.Event.Information.SEND_CLOSE;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.bytes;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.to;
import static org.pocketsocket.frame.Wire.utf8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection ends: by us, by the peer, by a violation. */
class ConnectionClosingTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 66_536})
    void refusesCodesThatAreNotForTheWire(int code) { // NW-14
        assertThatIllegalArgumentException().isThrownBy(() -> Data.close(code, "reason"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1003, 1007, 1014, 3000, 3999, 4000, 4999})
    void tellsCodeAndReason(int code) { // NW-14, NW-21
        var pair = new Pair(Role.CLIENT, Rules.client(), Rules.server());
        pair.send(Data.close(code, "réason"));
        Message close = pair.received().get(0);
        assertThat(close.code()).isEqualTo(code);
        assertThat(close.reason()).isEqualTo("réason");
        assertThat(close.text()).isEqualTo("réason");
        assertThat(close.bytes()).startsWith(code >> 8, code).endsWith(utf8("réason"));
    }

    @Test
    void onlyACloseHasACode() {
        var pair = new Pair(Role.CLIENT, Rules.client(), Rules.server());
        pair.send(Data.text("a"));
        assertThatIllegalStateException()
                .isThrownBy(() -> pair.received().get(0).code());
        assertThatIllegalStateException()
                .isThrownBy(() -> pair.received().get(0).reason());
    }

    @ParameterizedTest
    @EnumSource
    void closesFirst(Role role) { // NW-30
        var connection = new Connection(role);
        connection.send(Data.close());
        assertThat(connection.state()).isEqualTo(CLOSING);
        assertThatIllegalStateException()
                .isThrownBy(() -> connection.send(Data.text("late")))
                .withMessageContaining("Cannot send non-close frame in closing state");
        assertThatIllegalStateException().isThrownBy(() -> connection.send(Data.close()));
        connection.receive(join(to(role, FIN | TEXT, "still"), to(role, FIN | Frames.CLOSE, "")));
        assertThat(connection.next()).hasToString("text: still");
        assertThat(connection.state()).isEqualTo(CLOSING);
        assertThat(((Message) connection.next()).code()).isEqualTo(Close.NO_CODE);
        isClosed(connection, role);
    }

    @ParameterizedTest
    @EnumSource
    void isClosedByThePeer(Role role) { // NW-31, NW-33
        var connection = new Connection(role);
        connection.receive(to(role, FIN | Frames.CLOSE, ""));
        connection.receive(to(role, FIN | TEXT, "discarded"));
        assertThat(connection.state()).as("until the application has been told").isEqualTo(OPEN);
        assertThat(((Message) connection.next()).type()).isEqualTo("close");
        assertThat(connection.state()).isEqualTo(CLOSING);
        assertThat(connection.next()).isEqualTo(SEND_CLOSE);
        assertThat(connection.next()).isEqualTo(SEND_CLOSE);
        assertThatIllegalStateException().isThrownBy(() -> connection.send(Data.text("late")));
        assertThat(connection.send(Data.of("close", ""))).startsWith(0x88); // NW-14: Data('', 'close')
        isClosed(connection, role);
    }

    @ParameterizedTest
    @EnumSource
    void answersAViolationWithItsCode(Role role) { // NW-26
        var connection = new Connection(role);
        connection.receive(join(to(role, FIN | TEXT, "good"), to(role, FIN | TEXT, bytes(0xff))));
        connection.receive(to(role, FIN | TEXT, "discarded"));
        assertThat(connection.next()).hasToString("text: good");
        assertThatThrownBy(connection::next)
                .isInstanceOfSatisfying(ProtocolException.class, violation -> assertThat(violation.code())
                        .isEqualTo(1007))
                .hasMessage("Text is not valid UTF-8.");
        assertThat(connection.next()).isEqualTo(SEND_CLOSE);
        assertThat(connection.send(Data.close(1007, ""))).startsWith(0x88);
        isClosed(connection, role);
    }

    private static void isClosed(Connection connection, Role role) { // NW-32
        assertThat(connection.state()).isEqualTo(CLOSED);
        assertThatIllegalStateException().isThrownBy(connection::next);
        assertThatIllegalStateException()
                .isThrownBy(() -> connection.send(Data.close()))
                .withMessage("Trying to send data on a closed connection");
        assertThatIllegalStateException()
                .isThrownBy(() -> connection.receive(to(role, FIN | TEXT, "late")))
                .withMessage("Trying to receive data on a closed connection");
    }
}
