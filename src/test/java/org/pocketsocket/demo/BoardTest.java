package org.pocketsocket.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocketsocket.Rejection;

class BoardTest {

    @Test
    void x_begins_and_marks_alternate() {
        assertThat(Board.EMPTY.turn()).isEqualTo("X");
        Board board = Board.EMPTY.put("X", 4);
        assertThat(board).isEqualTo(new Board("....X...."));
        assertThat(board.turn()).isEqualTo("O");
    }

    @ParameterizedTest
    @CsvSource({
        "XXXOO....,X",
        "OO.XXX...,X",
        "X.OX.OX..,X",
        "XO.OX...X,X",
        "XXO.OXO..,O",
        "OO.XX....,''",
        "OXOOXXXOX,''",
    })
    void three_in_a_row_win(String cells, String winner) {
        Board board = new Board(cells);
        assertThat(board.winner()).isEqualTo(winner);
        assertThat(board.turn().isEmpty()).isEqualTo(!winner.isEmpty() || board.isFull());
    }

    @Test
    void a_full_board_without_a_winner_is_a_draw() {
        assertThat(new Board("OXOOXXXOX").isFull()).isTrue();
        assertThat(new Board("OXOOXXXO.").isFull()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        ".........,O,0,not_your_turn",
        "X........,O,0,taken",
        ".........,X,9,no_such_cell",
        ".........,X,-1,no_such_cell",
        "XXXOO....,O,8,over",
        "OXOOXXXOX,O,0,over",
    })
    void the_rules_are_kept(String cells, String mark, int cell, String error) {
        assertThatThrownBy(() -> new Board(cells).put(mark, cell))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.error()).isEqualTo(error));
    }
}
