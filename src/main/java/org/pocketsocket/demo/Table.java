package org.pocketsocket.demo;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.Member;
import org.pocketsocket.Rejection;

/** Who plays which mark, and how the game stands. {@code left} is the mark of the player who went away. */
record Table(@Nullable Member x, @Nullable Member o, Board board, String left) {

    static final Table EMPTY = new Table(null, null, Board.EMPTY, "");

    /** The first two play, all others look on. A place that was left is free, and its game begins anew. */
    Table seat(Member who) {
        if (!mark(who).isEmpty() || (x != null && o != null)) {
            return this;
        }
        return x == null ? new Table(who, o, Board.EMPTY, "") : new Table(x, who, Board.EMPTY, "");
    }

    Table play(Member who, int cell) {
        if (mark(who).isEmpty()) {
            throw new Rejection(4403, "not_a_player", "you look on");
        } else if (x == null || o == null) {
            throw new Rejection(4409, "alone", "there is nobody to play with");
        }
        return new Table(x, o, board.put(mark(who), cell), "");
    }

    /** Another game, with the marks changed. */
    Table again(Member who) {
        if (mark(who).isEmpty() || !board.turn().isEmpty()) {
            throw new Rejection(4409, "not_over", "players begin anew when the game is over");
        }
        return new Table(o, x, Board.EMPTY, "");
    }

    Table without(Member who) {
        String mark = mark(who);
        return mark.isEmpty() ? this : new Table(mark.equals("X") ? null : x, mark.equals("O") ? null : o, board, mark);
    }

    /** {@code X}, {@code O}, or empty for an onlooker. */
    String mark(Member who) {
        return who.equals(x) ? "X" : who.equals(o) ? "O" : "";
    }

    boolean isReady() {
        return x != null && o != null;
    }
}
