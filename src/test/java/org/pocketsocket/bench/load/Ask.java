package org.pocketsocket.bench.load;

import java.util.List;

/** Everybody asks, waits for the answer, and asks again. */
public final class Ask implements Link.Listener, AutoCloseable {

    private final Target target;
    private final int clients;
    private final byte[] question;
    private final Crowd crowd;
    private final Samples delays = new Samples();
    private long answers;

    public Ask(Target target, int clients) {
        this.target = target;
        this.clients = clients;
        this.question = Link.text(target.dialect().say());
        this.crowd = target.crowd(this);
    }

    /** Connects all; from here on they ask. */
    public Ask gather() {
        List<Link> links = crowd.join(clients);
        links.forEach(this::ask);
        return this;
    }

    /** Warms up, measures; may be called again. */
    public Figures measure(Window window) {
        crowd.runFor(window.warm());
        delays.clear();
        Count count = new Count(target, answers);
        crowd.runFor(window.seconds());
        Figures figures = count.upTo(answers, delays);
        if (crowd.closed() > 0) {
            throw new IllegalStateException(crowd.closed() + " clients were put out: " + crowd.lastEnd());
        }
        return figures;
    }

    private void ask(Link link) {
        link.sentAt = System.nanoTime();
        link.send(question);
    }

    @Override
    public void ready(Link link) {
        // all begin together
    }

    @Override
    public void markers(Link link, int count) {
        answers += count;
        delays.add(System.nanoTime() - link.sentAt);
        ask(link);
    }

    @Override
    public void closed(Link link, String why) {
        // found when the figures are looked at
    }

    @Override
    public void close() {
        crowd.close();
    }
}
