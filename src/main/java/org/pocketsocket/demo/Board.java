package org.pocketsocket.demo;

import java.util.stream.Stream;
import org.pocketsocket.Rejection;

/**
 * The rules of tic-tac-toe. X begins.
 *
 * @param cells nine characters, row by row: {@code X}, {@code O}, or {@code .} where nobody is
 */
record Board(String cells) {

    static final Board EMPTY = new Board(".........");

    private static final int[][] LINES = {
        {0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {0, 3, 6}, {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {2, 4, 6}
    };

    /** Whose turn it is: {@code X} or {@code O}; empty when the game is over. */
    String turn() {
        return !winner().isEmpty() || isFull() ? "" : free() % 2 == 1 ? "X" : "O";
    }

    /** {@code X} or {@code O} with three in a row; empty while nobody has. */
    String winner() {
        return Stream.of(LINES)
                .filter(line -> at(line[0]) != '.' && at(line[0]) == at(line[1]) && at(line[1]) == at(line[2]))
                .map(line -> String.valueOf(at(line[0])))
                .findFirst()
                .orElse("");
    }

    boolean isFull() {
        return free() == 0;
    }

    /** The board with one mark more. */
    Board put(String mark, int cell) {
        if (turn().isEmpty()) {
            throw new Rejection(4409, "over", "the game is over");
        } else if (!turn().equals(mark)) {
            throw new Rejection(4403, "not_your_turn", "it is the turn of " + turn());
        } else if (cell < 0 || cell >= cells.length()) {
            throw new Rejection(4400, "no_such_cell", "cells are 0 to 8");
        } else if (at(cell) != '.') {
            throw new Rejection(4409, "taken", "there is a mark already");
        }
        return new Board(cells.substring(0, cell) + mark + cells.substring(cell + 1));
    }

    private char at(int cell) {
        return cells.charAt(cell);
    }

    private long free() {
        return cells.chars().filter(cell -> cell == '.').count();
    }
}
