package org.pocketsocket.bench;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.pocketsocket.bench.Board.Load;
import org.pocketsocket.bench.load.Figures;
import org.pocketsocket.bench.peer.Contender;
import org.pocketsocket.bench.peer.Node;

/** The page about it, in Markdown. */
final class Report {

    private static final String HOW = """

            ## How

            Servers, each a process of its own and all up at once, and clients are on one machine, over loopback, without
            compression. Events have 113 bytes in pocket, and the same payload elsewhere; JSON in, JSON out everywhere.
            The clients are one thread of Java (posting: one for each connection); they count messages, not frames.
            Everybody is warmed up, then measured in short rounds that take turns (A B C A B C), and medians are shown. A
            machine drifts: compare only what stands on one page. CPU is what the kernel accounts to the server's process
            and its children; it is the steadiest figure. Resident memory is the process's own, garbage included, and
            depends on what it did before.
            Pocketsocket runs as `java -jar pocketsocket.jar` starts it. For idle connections the servers are started
            afresh, told to ping every 4 s, so that each connection is pinged while measured, and have had as many
            connections before, 1,000 at a time; what is resident is read
            when nobody has come or gone for 13 s, before and after. JVMs collect their garbage after 5 s of that (our
            launcher asks for it after a minute, the other JVM would not): it depends on the moment otherwise.
            """;

    private final Board board;
    private final Machine machine;
    private final Optional<Node> node;
    private final Page page = new Page();

    Report(Board board, Machine machine, Optional<Node> node) {
        this.board = board;
        this.machine = machine;
        this.node = node;
    }

    String page() {
        head();
        page.title("Goals").table("what", "measured", "goal", "stretch", "");
        new Goals(board).all().forEach(goal -> page.row(goal.cells()));
        fanOut();
        ask();
        posts();
        many();
        slow();
        idle();
        micros();
        return page + HOW;
    }

    private void head() {
        page.text(
                "# Benchmarks\n\nWritten by `mvn -Pbench verify`. Measure on your own machine before you believe it.\n\n");
        String busy = machine.load() > 0.5 ? ": others were at work, take the figures with care" : "";
        page.text("- %s, %s%n", LocalDate.now(ZoneOffset.UTC), machine);
        page.text("- load average before: %.1f%s%n", machine.load(), busy);
        page.text(
                "- %s%n- %s%n", machine.jdk(), node.map(Report::peers).orElse("no Node here: its peers were left out"));
        page.text("- netty-socketio %s%n", System.getProperty("bench.netty", ""));
    }

    private static String peers(Node node) {
        return "Node " + node.version() + ", Socket.IO " + node.version("socket.io") + ", `ws` " + node.version("ws");
    }

    private void fanOut() {
        String text =
                "One publisher, 100 subscribers of one channel, 4 publications in flight. The delay is that from a "
                        + "publication to its 100th delivery.";
        figures("Fan-out", text, Load.FAN_OUT);
    }

    private void ask() {
        String text = "50 connections; each asks, waits for the answer, asks again. A bean's method answers, with a "
                + "record that it was given; the bare handler says back the text of that; the echo sends back what came, unread.";
        figures("Request with acknowledgement", text, Load.ASK);
    }

    private void posts() {
        if (board.contenders(Load.POST).isEmpty()) {
            return;
        }
        page.title("Posting over HTTP")
                .text(
                        "channelstream's `/message`, 8 connections that stay open, each waits for its answer. The delay is "
                                + "that of a request.%n%n")
                .table(
                        "messages in a request",
                        "messages/s",
                        "server CPU µs per message",
                        "p50 ms",
                        "p99 ms",
                        "resident MB");
        row("1", board.figures(Load.POST, Contender.DIRECT).orElseThrow());
        row(
                String.valueOf(Scale.LIST),
                board.figures(Load.POST_LIST, Contender.DIRECT).orElseThrow());
    }

    private void many() {
        String text = "The delay is that from a publication to its 10,000th delivery.";
        figures("10,000 subscribers, 4 publications in flight", text, Load.MANY);
        figures("10,000 subscribers, one publication at a time", text, Load.MANY_ONE_BY_ONE);
    }

    private void figures(String title, String text, Load load) {
        Set<String> contenders = board.contenders(load);
        if (contenders.isEmpty()) {
            return;
        }
        String event = load == Load.ASK ? "round trip" : "delivery";
        String events = load == Load.ASK ? "round trips/s" : "deliveries/s";
        page.title(title).text(text + "%n%n");
        page.table("server", events, "server CPU µs per " + event, "p50 ms", "p99 ms", "resident MB");
        contenders.forEach(name -> row(name, board.figures(load, name).orElseThrow()));
    }

    private void row(String name, Figures f) {
        page.row(
                name,
                Page.number(0, f.perSecond()),
                Page.number(2, f.cpuMicros()),
                Page.number(2, f.delay().p50() / 1e3),
                Page.number(2, f.delay().p99() / 1e3),
                Page.number(0, f.residentKb() / 1024));
    }

    private void slow() {
        Set<String> contenders = board.contenders(Load.ONE_SLOW);
        if (contenders.isEmpty()) {
            return;
        }
        page.title("One subscriber in 100 that never reads")
                .text(
                        "As fan-out, with messages of 4 KB. One that is put out is replaced, so that there always is one. "
                                + "In brackets: without it.%n%n")
                .table("server", "deliveries/s to the others", "rate", "resident MB", "put out");
        contenders.forEach(name -> page.row(
                name,
                both(name, Figures::perSecond),
                Page.number(0, 100 * slow(name, Figures::perSecond) / none(name, Figures::perSecond)) + " %",
                both(name, f -> f.residentKb() / 1024),
                String.valueOf(board.putOut(name))));
    }

    private String both(String name, ToDoubleFunction<Figures> figure) {
        return Page.number(0, slow(name, figure)) + " (" + Page.number(0, none(name, figure)) + ")";
    }

    private double slow(String name, ToDoubleFunction<Figures> figure) {
        return board.value(Load.ONE_SLOW, name, figure);
    }

    private double none(String name, ToDoubleFunction<Figures> figure) {
        return board.value(Load.NONE_SLOW, name, figure);
    }

    private void idle() {
        if (!board.rests().isEmpty()) {
            page.title("5,000 idle connections").table("server", "resident KB each", "answered a ping", "still there");
            board.rests()
                    .forEach((name, rest) -> page.row(
                            name,
                            Page.number(1, rest.kbEach()),
                            Page.number(0, rest.pinged()),
                            Page.number(0, rest.there())));
        }
    }

    private void micros() {
        if (!board.micros().isEmpty()) {
            page.title("Codec and frame engine alone").text("JMH, a message of 113 bytes.%n%n");
            page.table("operation", "ns", "at best", "bytes allocated");
            board.micros()
                    .forEach(micro -> page.row(
                            "`" + micro.name() + "`",
                            Page.number(0, micro.nanos()),
                            Page.number(0, micro.best()),
                            Page.number(0, micro.bytes())));
        }
    }
}
