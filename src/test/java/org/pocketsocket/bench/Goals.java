package org.pocketsocket.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.pocketsocket.bench.Board.Load;
import org.pocketsocket.bench.Goal.Bound;
import org.pocketsocket.bench.load.Figures;
import org.pocketsocket.bench.load.Idle;
import org.pocketsocket.bench.peer.Contender;

/** What {@code /pocket/direct} is to reach. */
final class Goals {

    private static final double NO_STRETCH = Double.NaN;

    private final Board board;

    Goals(Board board) {
        this.board = board;
    }

    List<Goal> all() {
        return List.of(
                new Goal(
                        "fan-out: CPU per delivery against Socket.IO",
                        against(Contender.SOCKET_IO, Load.FAN_OUT, Figures::cpuMicros),
                        Bound.atMost(0.4, 0.25, "x")),
                new Goal(
                        "fan-out: CPU per delivery against uWebSockets",
                        against(Contender.UWS, Load.FAN_OUT, Figures::cpuMicros),
                        Bound.atMost(2, 1.25, "x")),
                new Goal(
                        "request with acknowledgement: round trips against Socket.IO",
                        against(Contender.SOCKET_IO, Load.ASK, Figures::perSecond),
                        Bound.atLeast(1.2, 2, "x")),
                new Goal(
                        "the same: CPU of one with a bean against one with a bare handler of the hub",
                        against(Contender.BARE, Load.ASK, Figures::cpuMicros),
                        Bound.atMost(1.25, NO_STRETCH, "x")),
                new Goal(
                        "the same: CPU of one through codec, hub and bean against an echo without them",
                        against(Contender.ECHO, Load.ASK, Figures::cpuMicros),
                        Bound.atMost(1.25, NO_STRETCH, "x")),
                new Goal(
                        "fan-out to Socket.IO clients: CPU per delivery against Socket.IO",
                        bySocketIo(Load.FAN_OUT, Figures::cpuMicros),
                        Bound.atMost(0.5, NO_STRETCH, "x")),
                new Goal(
                        "Socket.IO clients' acknowledgements: round trips against Socket.IO",
                        bySocketIo(Load.ASK, Figures::perSecond),
                        Bound.atLeast(1.2, NO_STRETCH, "x")),
                new Goal(
                        "posted over HTTP, one a request: messages a second",
                        ours(Load.POST, Figures::perSecond),
                        Bound.atLeast(5_000, NO_STRETCH, "")),
                new Goal(
                        "posted over HTTP, 100 a request: messages a second",
                        ours(Load.POST_LIST, Figures::perSecond),
                        Bound.atLeast(100_000, NO_STRETCH, "")),
                new Goal(
                        "10,000 subscribers: publication to last delivery against `ws`",
                        against(Contender.WS, Load.MANY_ONE_BY_ONE, f -> f.delay()
                                .p50()),
                        Bound.atMost(0.5, NO_STRETCH, "x")),
                new Goal(
                        "CPU per delivery at 10,000 subscribers against 100",
                        growth(),
                        Bound.atMost(1.3, NO_STRETCH, "x")),
                new Goal("5,000 idle connections: resident memory of each", kbEach(), Bound.atMost(16, 8, " KB")),
                new Goal(
                        "5,000 idle connections: answered a ping and stayed",
                        stayed(),
                        Bound.atLeast(100, NO_STRETCH, " %")),
                new Goal("one in 100 never reads: rate of the others", others(), Bound.atLeast(90, NO_STRETCH, " %")),
                new Goal("first message from `java -jar`", board.start(), Bound.atMost(5, 3, " s")));
    }

    private double against(String peer, Load load, ToDoubleFunction<Figures> figure) {
        return ours(load, figure) / board.value(load, peer, figure);
    }

    private double bySocketIo(Load load, ToDoubleFunction<Figures> figure) {
        return board.value(load, Contender.BY_SOCKET_IO, figure) / board.value(load, Contender.SOCKET_IO, figure);
    }

    private double growth() {
        return ours(Load.MANY, Figures::cpuMicros) / ours(Load.FAN_OUT, Figures::cpuMicros);
    }

    private double others() {
        return 100 * ours(Load.ONE_SLOW, Figures::perSecond) / ours(Load.NONE_SLOW, Figures::perSecond);
    }

    private double kbEach() {
        Idle.Rest rest = board.rests().get(Contender.DIRECT);
        return rest == null ? Double.NaN : rest.kbEach();
    }

    private double stayed() {
        Idle.Rest rest = board.rests().get(Contender.DIRECT);
        return rest == null ? Double.NaN : 100.0 * Math.min(rest.pinged(), rest.there()) / Scale.IDLE;
    }

    private double ours(Load load, ToDoubleFunction<Figures> figure) {
        return board.value(load, Contender.DIRECT, figure);
    }
}
