package org.pocketsocket.bench.peer;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.pocketsocket.bench.load.Dialect;
import org.pocketsocket.bench.load.Idle;
import org.pocketsocket.bench.load.Posting;
import org.pocketsocket.bench.load.Target;
import org.pocketsocket.test.Server;

/** All who are to be measured, each in a process of its own, up at the same time. */
public final class Lineup implements AutoCloseable {

    private final Deque<AutoCloseable> processes = new ArrayDeque<>();
    private final List<Contender> contenders = new ArrayList<>();
    private double firstMessage;

    /**
     * Starts them, one after the other.
     *
     * @param ping milliseconds between pings, for idling, which the standard door is left out of; 0: as everyone does
     *     without being told
     */
    public static Lineup start(Optional<Node> node, int ping) {
        Lineup lineup = new Lineup();
        try {
            lineup.startUs(ping);
            if (ping == 0) {
                lineup.startStandard();
            }
            lineup.startPeers(node, ping > 0 ? ping : 25_000);
            return lineup;
        } catch (RuntimeException | Error e) {
            lineup.close();
            throw e;
        }
    }

    /** Garbage of JVMs that rest: after 5 s instead of the minute that our launcher has, and other JVMs have not. */
    private static final String COLLECTED = "-XX:G1PeriodicGCInterval=5000";

    private Lineup() {}

    /** The binary of src/test/bench/uws-server.cpp, where somebody has built one. */
    public static Optional<String> uWebSockets() {
        return Optional.ofNullable(System.getProperty("bench.uws")).filter(binary -> !binary.isEmpty());
    }

    private void startUs(int ping) {
        long start = System.nanoTime();
        Server.Plan plan = Server.with("--channels", BareChannel.jar().toString())
                .asShipped()
                .jvm("-Dpocket.direct.echo=on", "-Dpocket.stream.secret=" + Posting.SECRET);
        String[] resting = {"-Dpocket.heartbeat.interval=" + ping + "ms", COLLECTED};
        Server server = (ping > 0 ? plan.jvm(resting) : plan).start();
        processes.push(server);
        Target direct = new Target(server.port(), server.pid(), Dialect.pocket("/pocket/direct"));
        try (Idle first = new Idle(direct)) {
            first.join(1);
        }
        firstMessage = (System.nanoTime() - start) / 1e9;
        contenders.add(new Contender(Contender.DIRECT, direct));
        Target echo = new Target(server.port(), server.pid(), Dialect.echo("/pocket/direct/echo"));
        contenders.add(new Contender(Contender.ECHO, echo));
        Dialect bare = Dialect.pocket("/pocket/direct", BareChannel.NAME);
        contenders.add(new Contender(Contender.BARE, new Target(server.port(), server.pid(), bare)));
        Target socketIo = new Target(server.port(), server.pid(), Dialect.ourSocketIo());
        contenders.add(new Contender(Contender.BY_SOCKET_IO, socketIo));
    }

    /** In a process of its own: what it leaves to the compilers is not to be paid by the direct door. */
    private void startStandard() {
        Server server = Server.with().asShipped().start();
        processes.push(server);
        Target standard = new Target(server.port(), server.pid(), Dialect.pocket("/pocket"));
        contenders.add(new Contender(Contender.STANDARD, standard));
    }

    private void startPeers(Optional<Node> node, int ping) {
        node.ifPresent(runtime -> {
            add(Contender.SOCKET_IO, runtime.start("socketio-server.js", ping), Dialect.socketIo());
            add(Contender.WS, runtime.start("ws-server.js", ping), Dialect.pocket("/"));
        });
        add(Contender.NETTY, netty(ping), Dialect.socketIo());
        uWebSockets()
                .ifPresent(binary -> add(Contender.UWS, new Child(Path.of("."), List.of(binary)), Dialect.pocket("/")));
    }

    private static Child netty(int ping) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        return new Child(
                Path.of("."),
                List.of(java, COLLECTED, "-cp", classes, NettySocketIo.class.getName(), String.valueOf(ping)));
    }

    private void add(String name, Child child, Dialect dialect) {
        processes.push(child);
        contenders.add(new Contender(name, new Target(child.port(), child.pid(), dialect)));
    }

    /** All, or those of these names, in the order of the names. */
    public List<Contender> contenders(String... names) {
        if (names.length == 0) {
            return List.copyOf(contenders);
        }
        return List.of(names).stream()
                .flatMap(name ->
                        contenders.stream().filter(contender -> contender.name().equals(name)))
                .toList();
    }

    /** Seconds from {@code java -jar} until a client had its first answer. */
    public double firstMessage() {
        return firstMessage;
    }

    @Override
    public void close() {
        while (!processes.isEmpty()) {
            try {
                processes.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a server did not end", e);
            }
        }
    }
}
