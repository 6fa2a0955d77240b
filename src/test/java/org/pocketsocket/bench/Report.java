package org.pocketsocket.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.pocketsocket.bench.Board.Load;
import org.pocketsocket.bench.Goal.Bound;
import org.pocketsocket.bench.load.Figures;
import org.pocketsocket.bench.load.Idle;
import org.pocketsocket.bench.peer.Contender;
import org.pocketsocket.bench.peer.Node;

/** The page about it, in Markdown. */
final class Report {

    private static final double NONE = Double.NaN;

    private final Board board;
    private final Machine machine;
    private final Optional<Node> node;
    private final StringBuilder page = new StringBuilder();

    Report(Board board, Machine machine, Optional<Node> node) {
        this.board = board;
        this.machine = machine;
        this.node = node;
    }

    String page() {
        head();
        goals();
        figures("Fan-out", FAN_OUT, List.of(Load.FAN_OUT));
        figures("Request with acknowledgement", ASK, List.of(Load.ASK));
        figures("10,000 subscribers, 4 publications in flight", MANY, List.of(Load.MANY));
        figures("10,000 subscribers, one publication at a time", ONE_BY_ONE, List.of(Load.MANY_ONE_BY_ONE));
        slow();
        idle();
        micros();
        page.append(HOW);
        return page.toString();
    }

    private static final String FAN_OUT =
            "One publisher, 100 subscribers of one channel, 4 publications in flight. Delay: from a publication to its 100th delivery.";
    private static final String ASK =
            "50 connections; each asks, waits for the answer, asks again. JSON in, a typed handler, JSON out.";
    private static final String MANY = "Delay: from a publication to its 10,000th delivery.";
    private static final String ONE_BY_ONE = MANY;

    private static final String HOW = """

            ## How

            Servers, each a process of its own and all up at once, and clients are on one machine, over loopback, without
            compression. Events have 113 bytes in pocket, and the same payload elsewhere. The clients are one thread of
            Java; they count messages, not frames. Everybody is warmed up, then measured in short rounds that take turns
            (A B C A B C), and medians are shown: a machine drifts, so compare only what stands on one page. CPU is what
            the kernel accounts to the server's process and its children; it is the steadiest figure. Resident memory is
            the process's own, garbage included. Pocketsocket runs as `java -jar pocketsocket.jar` starts it; for idle
            connections all servers were told to ping every 4 s, so that every connection was pinged while measured.
            """;

    private void head() {
        page.append(
                "# Benchmarks\n\nWritten by `mvn -Pbench verify`; measure on your own machine before you believe it.\n\n");
        page.append("- ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(", ")
                .append(machine)
                .append('\n');
        page.append(String.format(
                Locale.ROOT,
                "- Load average before: %.1f%s\n",
                machine.load(),
                machine.load() > 0.5 ? " (others were busy: take the figures with care)" : ""));
        page.append("- ").append(machine.jdk()).append('\n');
        page.append("- ")
                .append(node.map(Report::peers).orElse("No Node here: its peers were left out"))
                .append('\n');
        page.append("- netty-socketio ")
                .append(System.getProperty("bench.netty", ""))
                .append(" from Maven\n");
    }

    private static String peers(Node node) {
        return "Node " + node.version() + " with Socket.IO " + node.version("socket.io") + " and `ws` "
                + node.version("ws");
    }

    private void goals() {
        page.append("\n## Goals\n\n| what | measured | goal | stretch | |\n|---|---|---|---|---|\n");
        List.of(
                        new Goal(
                                "fan-out: CPU per delivery against Socket.IO",
                                ratio(Load.FAN_OUT, Figures::cpuMicros, Contender.SOCKET_IO),
                                Bound.atMost(0.4, 0.25, "x")),
                        new Goal(
                                "request with acknowledgement: round trips against Socket.IO",
                                ratio(Load.ASK, Figures::perSecond, Contender.SOCKET_IO),
                                Bound.atLeast(1.2, 2, "x")),
                        new Goal(
                                "idle: resident memory per connection, 5,000 connections",
                                rest(),
                                Bound.atMost(16, 8, " KB")),
                        new Goal(
                                "idle: connections that answered a ping and are still there",
                                answering(),
                                Bound.atLeast(5000, NONE, "")),
                        new Goal(
                                "10,000 subscribers: publication to last delivery against `ws`",
                                ratio(Load.MANY_ONE_BY_ONE, f -> f.delay().p50(), Contender.WS),
                                Bound.atMost(0.5, NONE, "x")),
                        new Goal(
                                "growth: CPU per delivery at 10,000 subscribers against 100",
                                growth(),
                                Bound.atMost(1.3, NONE, "x")),
                        new Goal(
                                "one subscriber in 100 that never reads: rate of the others",
                                others(),
                                Bound.atLeast(90, NONE, " %")),
                        new Goal("first message from `java -jar`", board.start(), Bound.atMost(5, 3, " s")))
                .forEach(goal -> page.append(goal.row()));
    }

    private double value(Load load, String contender, ToDoubleFunction<Figures> figure) {
        return board.figures(load, contender).stream()
                .mapToDouble(figure)
                .findFirst()
                .orElse(NONE);
    }

    private double ratio(Load load, ToDoubleFunction<Figures> figure, String against) {
        return value(load, Contender.DIRECT, figure) / value(load, against, figure);
    }

    private double growth() {
        return value(Load.MANY, Contender.DIRECT, Figures::cpuMicros)
                / value(Load.FAN_OUT, Contender.DIRECT, Figures::cpuMicros);
    }

    private double others() {
        return 100
                * value(Load.ONE_SLOW, Contender.DIRECT, Figures::perSecond)
                / value(Load.NONE_SLOW, Contender.DIRECT, Figures::perSecond);
    }

    private double rest() {
        Idle.Rest rest = board.rests().get(Contender.DIRECT);
        return rest == null ? NONE : rest.kbEach();
    }

    private double answering() {
        Idle.Rest rest = board.rests().get(Contender.DIRECT);
        return rest == null ? NONE : Math.min(rest.pinged(), rest.there());
    }

    private void figures(String title, String text, List<Load> loads) {
        Load load = loads.get(0);
        if (board.contenders(load).isEmpty()) {
            return;
        }
        String events = load == Load.ASK ? "round trip" : "delivery";
        String many = load == Load.ASK ? "round trips/s" : "deliveries/s";
        page.append("\n## ")
                .append(title)
                .append("\n\n")
                .append(text)
                .append("\n\n| server | ")
                .append(many)
                .append(" | server CPU µs per ")
                .append(events)
                .append(" | p50 ms | p99 ms | resident MB |\n")
                .append("|---|---:|---:|---:|---:|---:|\n");
        board.contenders(load)
                .forEach(name -> page.append(row(name, board.figures(load, name).orElseThrow())));
    }

    private static String row(String name, Figures f) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.2f | %,.0f |\n",
                name,
                f.perSecond(),
                f.cpuMicros(),
                f.delay().p50() / 1e3,
                f.delay().p99() / 1e3,
                f.residentKb() / 1024);
    }

    private void slow() {
        if (board.contenders(Load.ONE_SLOW).isEmpty()) {
            return;
        }
        page.append(
                        "\n## One subscriber in 100 that never reads\n\nThe load of fan-out. A slow one that is put out is replaced at once, so there always is one.\n\n")
                .append(
                        "| server | deliveries/s to the others, none slow | one slow | rate | resident MB, none slow | one slow | put out |\n|---|---:|---:|---:|---:|---:|---:|\n");
        for (String name : board.contenders(Load.ONE_SLOW)) {
            Figures none = board.figures(Load.NONE_SLOW, name).orElseThrow();
            Figures one = board.figures(Load.ONE_SLOW, name).orElseThrow();
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %.0f %% | %,.0f | %,.0f | %d |\n",
                    name,
                    none.perSecond(),
                    one.perSecond(),
                    100 * one.perSecond() / none.perSecond(),
                    none.residentKb() / 1024,
                    one.residentKb() / 1024,
                    board.putOut(name)));
        }
    }

    private void idle() {
        if (board.rests().isEmpty()) {
            return;
        }
        page.append(
                "\n## 5,000 idle connections\n\n| server | resident KB each | answered a ping | still there |\n|---|---:|---:|---:|\n");
        board.rests()
                .forEach((name, rest) -> page.append(String.format(
                        Locale.ROOT, "| %s | %.1f | %,d | %,d |\n", name, rest.kbEach(), rest.pinged(), rest.there())));
    }

    private void micros() {
        if (board.micros().isEmpty()) {
            return;
        }
        page.append(
                "\n## Codec and frame engine alone\n\nJMH, a message of 113 bytes.\n\n| operation | ns | ± | bytes allocated |\n|---|---:|---:|---:|\n");
        board.micros()
                .forEach(micro -> page.append(String.format(
                        Locale.ROOT,
                        "| `%s` | %.0f | %.0f | %.0f |\n",
                        micro.name(),
                        micro.nanos(),
                        micro.error(),
                        micro.bytes())));
    }
}
