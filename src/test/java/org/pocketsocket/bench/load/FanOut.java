package org.pocketsocket.bench.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Everybody gets what a few publish. Each publisher keeps some publications in flight; one has arrived when as many
 * deliveries have come as there are readers. Publishers are readers too.
 */
public final class FanOut implements Link.Listener, AutoCloseable {

    private static final double POKE = 0.1;

    private final Target target;
    private final Shape shape;
    private final byte[] shout;
    private final Crowd crowd;
    private final Queue<Long> inFlight = new ArrayDeque<>();
    private final Samples delays = new Samples();
    private final List<Link> slow = new ArrayList<>();
    private List<Link> readers = List.of();
    private long delivered;
    private long arrived;
    private int turn;
    private int putOut;
    private int wanted;

    /**
     * @param readers subscribers that read what they get
     * @param slow subscribers that never do
     */
    public record Shape(int readers, int slow, int publishers) {}

    public FanOut(Target target, Shape shape) {
        this.target = target;
        this.shape = shape;
        this.shout = Link.text(target.dialect().shout());
        this.crowd = target.crowd(this);
    }

    /** Connects all. */
    public FanOut gather() {
        readers = crowd.join(shape.readers());
        for (int i = 0; i < shape.slow(); i++) {
            slow.add(crowd.invite());
        }
        crowd.runFor(0.2); // what the joining itself caused
        return this;
    }

    /** Measures with so many publications in flight, of each publisher; may be called again. */
    public Figures measure(int inFlight, Window window) {
        wanted = inFlight * shape.publishers();
        publish();
        run(window.warm());
        delays.clear();
        Count count = new Count(target, delivered);
        run(window.seconds());
        Figures figures = count.upTo(delivered, delays);
        check();
        return figures;
    }

    /** How many of the slow were put out by the server so far; each was replaced. */
    public int putOut() {
        return putOut;
    }

    private void run(double seconds) {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (!slow.isEmpty() && until - System.nanoTime() > POKE * 1e9) {
            crowd.runFor(POKE);
            slow.replaceAll(this::pokeOrReplace);
        }
        crowd.run(until);
    }

    private Link pokeOrReplace(Link link) {
        link.poke();
        return link.isClosed() ? crowd.invite() : link;
    }

    private void publish() {
        while (inFlight.size() < wanted) {
            inFlight.add(System.nanoTime());
            readers.get(turn++ % shape.publishers()).send(shout);
        }
    }

    private void check() {
        long gone = readers.stream().filter(Link::isClosed).count();
        if (gone > 0) {
            throw new IllegalStateException(gone + " readers were put out: " + crowd.lastEnd());
        }
    }

    @Override
    public void ready(Link link) {
        if (!readers.isEmpty()) {
            link.stopReading(); // came late: a slow one
        }
    }

    @Override
    public void markers(Link link, int count) {
        delivered += count;
        while (delivered >= (arrived + 1) * shape.readers() && !inFlight.isEmpty()) {
            arrived++;
            delays.add(System.nanoTime() - inFlight.remove());
            publish();
        }
    }

    @Override
    public void closed(Link link, String why) {
        if (slow.contains(link)) {
            putOut++;
        }
    }

    @Override
    public void close() {
        slow.clear(); // leaving is not being put out
        crowd.close();
    }
}
