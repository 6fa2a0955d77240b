package org.pocketsocket.bench;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pocketsocket.bench.Board.Load;
import org.pocketsocket.bench.load.Ask;
import org.pocketsocket.bench.load.FanOut;
import org.pocketsocket.bench.load.Figures;
import org.pocketsocket.bench.load.Idle;
import org.pocketsocket.bench.load.Posting;
import org.pocketsocket.bench.peer.Contender;
import org.pocketsocket.bench.peer.Lineup;
import org.pocketsocket.bench.peer.Node;

/**
 * {@code mvn -Pbench verify}: measures the packaged jar and its peers side by side, and writes docs/benchmarks.md.
 * With {@code -Dbench.only=ask} (or another prefix of a step's name) only that, and nothing is written.
 */
public final class Bench {

    private static final Path PAGE = Path.of("docs/benchmarks.md");
    private static final String[] WIDE = {Contender.DIRECT, Contender.WS, Contender.SOCKET_IO};
    private static final List<String> WITHOUT_BEAN = List.of(Contender.ECHO, Contender.BARE);
    private static final String[] RESTING = {Contender.DIRECT, Contender.SOCKET_IO, Contender.WS, Contender.NETTY};
    private static final String[] SLOW = {Contender.DIRECT, Contender.SOCKET_IO};

    private final Scale scale = Scale.fromProperties();
    private final Board board = new Board();
    private final Progress progress = new Progress(System.out);
    private final String only = System.getProperty("bench.only", "");
    private final Machine machine = Machine.look();
    private final Optional<Node> node = Node.find();
    private Lineup lineup;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        Bench bench = new Bench();
        Runtime.getRuntime().addShutdownHook(new Thread(bench::end, "end of the peers")); // by Ctrl-C too
        int failed = bench.run();
        String page = new Report(bench.board, bench.machine, bench.node).page();
        System.out.println("\n" + page);
        System.out.println("Took " + NANOSECONDS.toSeconds(System.nanoTime() - start) + " s.");
        if (failed > 0) {
            System.out.println("Not written: " + failed + " steps failed.");
            System.exit(1);
        } else if (bench.only.isEmpty()) {
            Files.writeString(PAGE, page);
        }
    }

    private int run() {
        progress.add("start all servers", 22, () -> start(0));
        planRounds();
        planPosts();
        planWide();
        planSlow();
        if (wanted("idle")) {
            progress.add("start all servers afresh", 14, () -> start(Scale.PING));
            of(RESTING).forEach(name -> progress.add("idle, 5,000 connections, " + name, 40, () -> idle(name)));
        }
        if (wanted("jmh")) {
            progress.add("jmh, codec and frames", Microbenchmarks.SECONDS, this::micro);
        }
        return progress.run();
    }

    private void plan(String load, String title, double seconds, Progress.Work work) {
        if (wanted(load)) {
            progress.add(load + title, seconds, work);
        }
    }

    private boolean wanted(String name) {
        return name.startsWith(only);
    }

    private List<String> everybody() {
        Stream<String> ours = Stream.of(Contender.DIRECT, Contender.STANDARD, Contender.BY_SOCKET_IO);
        Stream<String> nodes = node.stream().flatMap(n -> Stream.of(Contender.SOCKET_IO, Contender.WS));
        Stream<String> netty = Stream.of(Contender.NETTY);
        Stream<String> uws = Lineup.uWebSockets().stream().map(binary -> Contender.UWS);
        return Stream.of(ours, nodes, netty, uws).flatMap(names -> names).toList();
    }

    private List<String> of(String... names) {
        return List.of(names).stream().filter(everybody()::contains).toList();
    }

    private void planRounds() {
        for (String name : WITHOUT_BEAN) {
            plan("ask", ", warm-up, " + name, 6 * scale.seconds(), () -> ask(name, true));
        }
        for (String name : everybody()) {
            double seconds = scale.seconds() * (Contender.warmsUpSlowly(name) ? 6 : 1);
            plan("fan-out", ", warm-up, " + name, seconds, () -> fanOut(name, true));
            plan("ask", ", warm-up, " + name, seconds, () -> ask(name, true));
        }
        double seconds = scale.window().length();
        for (int round = 1; round <= scale.rounds(); round++) {
            for (String name : WITHOUT_BEAN) {
                plan("ask", ", round " + round + ", " + name, seconds, () -> ask(name, false));
            }
            for (String name : everybody()) {
                plan("fan-out", ", round " + round + ", " + name, seconds, () -> fanOut(name, false));
                plan("ask", ", round " + round + ", " + name, seconds, () -> ask(name, false));
            }
        }
    }

    private void planPosts() {
        plan("post", ", warm-up", 4 * scale.seconds(), () -> post(1, true));
        plan("post", ", warm-up, lists", 4 * scale.seconds(), () -> post(Scale.LIST, true));
        double seconds = scale.window().length();
        for (int round = 1; round <= scale.rounds(); round++) {
            plan("post", ", round " + round, seconds, () -> post(1, false));
            plan("post", ", round " + round + ", lists", seconds, () -> post(Scale.LIST, false));
        }
    }

    private void planWide() {
        if (wanted("many")) {
            double seconds = 2 * scale.wide().length() + 4; // it takes that long to connect
            of(WIDE).forEach(name -> progress.add("many, 10,000 subscribers, " + name, seconds, () -> many(name)));
        }
    }

    private void planSlow() {
        double seconds = scale.slow().length();
        for (int round = 1; wanted("slow") && round <= Math.max(1, scale.rounds() - 1); round++) {
            String title = "slow, round " + round + ", ";
            for (String name : of(SLOW)) {
                progress.add(title + "none, " + name, seconds, () -> slow(name, Load.NONE_SLOW));
                progress.add(title + "one, " + name, seconds, () -> slow(name, Load.ONE_SLOW));
            }
        }
    }

    private String start(int ping) {
        end();
        lineup = Lineup.start(node, ping);
        board.addStart(lineup.firstMessage());
        return String.format(Locale.ROOT, "first message after %.1f s", lineup.firstMessage());
    }

    private synchronized void end() {
        if (lineup != null) {
            lineup.close();
        }
    }

    private Contender contender(String name) {
        return lineup.contenders(name).get(0);
    }

    private String fanOut(String name, boolean first) {
        try (FanOut load = new FanOut(contender(name).target(), new FanOut.Shape(Scale.FEW, 0, 1))) {
            load.gather();
            return first
                    ? settled(name, () -> load.measure(Scale.IN_FLIGHT, scale.slice()))
                    : noted(Load.FAN_OUT, name, load.measure(Scale.IN_FLIGHT, scale.window()));
        }
    }

    private String ask(String name, boolean first) {
        try (Ask load = new Ask(contender(name).target(), Scale.ASKING)) {
            load.gather();
            return first
                    ? settled(name, () -> load.measure(scale.slice()))
                    : noted(Load.ASK, name, load.measure(scale.window()));
        }
    }

    private String post(int batch, boolean first) {
        try (Posting load = new Posting(contender(Contender.DIRECT).target(), Scale.POSTING, batch)) {
            return first
                    ? settled(Contender.DIRECT, () -> load.measure(scale.slice()))
                    : noted(batch == 1 ? Load.POST : Load.POST_LIST, Contender.DIRECT, load.measure(scale.window()));
        }
    }

    /** Goes on until it gets no cheaper: compilers are through, and no longer count as the server's work. */
    private static String settled(String name, Supplier<Figures> slice) {
        Figures last = slice.get();
        int least = Contender.warmsUpSlowly(name) ? 4 : 1;
        for (int i = 1; i < 4 * least; i++) {
            Figures next = slice.get();
            boolean settled = i >= least && next.cpuMicros() > 0.95 * last.cpuMicros();
            last = next;
            if (settled) {
                break;
            }
        }
        return inShort(last);
    }

    private String many(String name) {
        try (FanOut load = new FanOut(contender(name).target(), new FanOut.Shape(Scale.MANY, 0, 1))) {
            load.gather();
            return noted(Load.MANY, name, load.measure(Scale.IN_FLIGHT, scale.wide()))
                    + noted(Load.MANY_ONE_BY_ONE, name, load.measure(1, scale.wide()));
        }
    }

    private String slow(String name, Load which) {
        FanOut.Shape shape = new FanOut.Shape(Scale.FEW - 1, which == Load.ONE_SLOW ? 1 : 0, 1);
        try (FanOut load = new FanOut(contender(name).target().heavier(Scale.HEAVIER), shape)) {
            Figures figures = load.gather().measure(Scale.IN_FLIGHT, scale.slow());
            board.addPutOut(name, load.putOut());
            return noted(which, name, figures);
        }
    }

    private String noted(Load load, String name, Figures figures) {
        board.add(load, name, figures);
        return inShort(figures);
    }

    private static String inShort(Figures figures) {
        return String.format(Locale.ROOT, "%,9.0f/s %7.2f µs", figures.perSecond(), figures.cpuMicros());
    }

    private String idle(String name) {
        for (int come = 0; come < Scale.IDLE; come += Scale.FIRST) {
            try (Idle first = new Idle(contender(name).target())) {
                first.join(Scale.FIRST); // what a server needs for the first, compilers above all, is not theirs
            }
        }
        try (Idle load = new Idle(contender(name).target())) {
            Idle.Rest rest = load.measure(Scale.IDLE, 4 * Scale.PING / 1e3, Scale.REST);
            board.add(name, rest);
            return String.format(
                    Locale.ROOT, "%.1f KB each, %,d pinged, %,d there", rest.kbEach(), rest.pinged(), rest.there());
        }
    }

    private String micro() throws Exception {
        end();
        Microbenchmarks.run(board::add);
        return board.micros().size() + " measured";
    }
}
