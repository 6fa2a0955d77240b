package org.pocketsocket.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Rejection;
import org.pocketsocket.demo.TicTacToeChannel.Move;
import org.pocketsocket.demo.TicTacToeChannel.Seat;
import org.pocketsocket.demo.TicTacToeChannel.State;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

class TicTacToeChannelTest {

    private static final String GAME = "tictactoe/42";

    private final TestPocket pocket = TestPocket.of(new TicTacToeChannel());
    private final TestClient ada = pocket.connect("ada");
    private final TestClient bob = pocket.connect("bob");
    private final TestClient eve = pocket.connect("eve");

    @AfterEach
    void close() {
        pocket.close();
    }

    private static String sits(TestClient who) {
        return who.ask(GAME + ".sit", Map.of(), Seat.class).mark();
    }

    private static void moves(TestClient who, int cell) {
        who.ask(GAME + ".move", new Move(cell));
    }

    private static State last(TestClient who) {
        State state = who.next(GAME + ".state", State.class);
        while (who.waiting(GAME + ".state") > 0) {
            state = who.next(GAME + ".state", State.class);
        }
        return state;
    }

    private void adaWins() {
        for (int cell = 0; cell < 5; cell++) {
            moves(cell % 2 == 0 ? ada : bob, new int[] {0, 3, 1, 4, 2}[cell]);
        }
    }

    @Test
    void two_play_and_all_see_who_won() {
        assertThat(sits(ada)).isEqualTo("X");
        assertThat(last(ada).turn()).isEmpty();
        assertThat(sits(bob)).isEqualTo("O");
        assertThat(sits(eve)).isEmpty();
        assertThat(last(eve).turn()).isEqualTo("X");
        adaWins();
        assertThat(last(eve)).isEqualTo(new State("XXXOO....", "", "X", "", false));
    }

    @Test
    void says_no_to_who_may_not_move_now() {
        sits(ada);
        refuses(ada, "move", 0, "alone");
        sits(bob);
        sits(eve);
        refuses(bob, "move", 0, "not_your_turn");
        refuses(eve, "move", 0, "not_a_player");
        moves(ada, 0);
        refuses(bob, "move", 0, "taken");
        refuses(ada, "again", 0, "not_over");
    }

    @Test
    void players_change_marks_for_another_game() {
        sits(ada);
        sits(bob);
        adaWins();
        bob.ask(GAME + ".again", Map.of());
        assertThat(bob.next(GAME + ".seat", Seat.class).mark()).isEqualTo("X");
        assertThat(ada.next(GAME + ".seat", Seat.class).mark()).isEqualTo("O");
        assertThat(last(ada)).isEqualTo(new State(".........", "X", "", "", false));
        moves(bob, 8);
    }

    @Test
    void who_leaves_ends_the_game_and_an_onlooker_may_sit_down() {
        sits(ada);
        sits(bob);
        sits(eve);
        moves(ada, 4);
        ada.vanish();
        assertThat(last(bob)).isEqualTo(new State("....X....", "", "", "X", false));
        refuses(bob, "move", 0, "alone");
        assertThat(sits(eve)).isEqualTo("X");
        assertThat(last(bob)).isEqualTo(new State(".........", "X", "", "", false));
    }

    @Test
    void games_do_not_know_of_each_other_and_are_forgotten_when_all_have_left() {
        sits(ada);
        sits(bob);
        assertThat(eve.ask("tictactoe/43.sit", Map.of(), Seat.class).mark()).isEqualTo("X");
        moves(ada, 4);
        ada.leave(GAME);
        bob.leave(GAME);
        assertThat(sits(bob)).isEqualTo("X");
        assertThat(last(bob).cells()).isEqualTo(".........");
    }

    private static void refuses(TestClient who, String event, int cell, String error) {
        assertThatThrownBy(() -> who.ask(GAME + "." + event, new Move(cell)))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.error()).isEqualTo(error));
    }
}
