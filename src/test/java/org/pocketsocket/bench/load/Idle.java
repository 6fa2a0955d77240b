package org.pocketsocket.bench.load;

/** Everybody is there, answers pings, and says nothing. */
public final class Idle implements Link.Listener, AutoCloseable {

    private final Target target;
    private final Crowd crowd;

    /**
     * @param kbEach what the server's resident memory has grown by, for each
     * @param pinged how many have been pinged, and answered
     * @param there how many are still connected
     */
    public record Rest(double kbEach, int pinged, int there) {}

    public Idle(Target target) {
        this.target = target;
        this.crowd = target.crowd(this);
    }

    /** Connects that many more. */
    public void join(int clients) {
        crowd.join(clients);
    }

    /**
     * Connects that many, and waits until all have been pinged.
     *
     * @param seconds that this may take
     * @param rest for which nothing else happens before and after
     */
    public Rest measure(int clients, double seconds, double rest) {
        crowd.runFor(rest);
        long before = target.usage().residentKb();
        crowd.join(clients);
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < until && pinged() < clients) {
            crowd.runFor(0.25);
        }
        crowd.runFor(rest); // time to be put out, too, for who did not answer well
        double each = (target.usage().residentKb() - before) / (double) clients;
        return new Rest(each, pinged(), clients - crowd.closed());
    }

    private int pinged() {
        return (int) crowd.links().stream().filter(link -> link.pings() > 0).count();
    }

    @Override
    public void ready(Link link) {
        // nothing to say
    }

    @Override
    public void markers(Link link, int count) {
        // nothing was asked
    }

    @Override
    public void closed(Link link, String why) {
        // counted
    }

    @Override
    public void close() {
        crowd.close();
    }
}
