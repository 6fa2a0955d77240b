package org.pocketsocket.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnLeave;

/** Tic-tac-toe, as many games as there are names: two play, the others look on. The server keeps the rules. */
@Channel("tictactoe/{game}")
public class TicTacToeChannel {

    /** By the channel's name; forgotten when nobody is there. */
    private final Map<String, Table> tables = new ConcurrentHashMap<>();

    public record Move(int cell) {}

    public record Seat(String mark) {}

    /**
     * How the game stands, the same for all.
     *
     * @param turn whose it is; empty when the game is over or waits for a player
     * @param winner the mark with three in a row, or empty
     * @param left the mark of a player who went away, or empty
     */
    public record State(String cells, String turn, String winner, String left, boolean full) {

        static State of(Table table) {
            Board board = table.board();
            String turn = table.isReady() ? board.turn() : "";
            return new State(board.cells(), turn, board.winner(), table.left(), board.isFull());
        }
    }

    @On("sit")
    Seat sit(Member me, ChannelRef game) {
        return new Seat(update(game, table -> table.seat(me)).mark(me));
    }

    @On("move")
    void move(Move move, Member me, ChannelRef game) {
        update(game, table -> table.play(me, move.cell()));
    }

    /** Both change marks: each learns its own. */
    @On("again")
    void again(Member me, ChannelRef game) {
        Table table = update(game, known -> known.again(me));
        game.members().forEach(member -> member.send("seat", new Seat(table.mark(member))));
    }

    @OnLeave
    void left(Member me, ChannelRef game) {
        update(game, table -> table.without(me));
        tables.computeIfPresent(game.name(), (name, table) -> game.members().isEmpty() ? null : table);
    }

    /** One change at a time, and told in that order. */
    private Table update(ChannelRef game, UnaryOperator<Table> change) {
        return tables.compute(game.name(), (name, known) -> {
            Table next = change.apply(known == null ? Table.EMPTY : known);
            game.send("state", State.of(next));
            return next;
        });
    }
}
