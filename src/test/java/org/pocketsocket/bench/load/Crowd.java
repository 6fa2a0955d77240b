package org.pocketsocket.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Clients of one server, served by the thread that calls: nothing happens outside {@link #run} and {@link #join}. */
public final class Crowd implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int AT_ONCE = 100;
    private static final int TICK = 10;

    private final InetSocketAddress server;
    private final Dialect dialect;
    private final Link.Listener listener;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    private final List<Link> links = new ArrayList<>();
    private final Link.Listener bookkeeper = new Bookkeeper();
    private int ready;
    private int closed;
    private String lastEnd = "";

    public Crowd(int port, Dialect dialect, Link.Listener listener) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.dialect = dialect;
        this.listener = listener;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects that many more, and returns them when all are ready. */
    public List<Link> join(int count) {
        List<Link> joining = new ArrayList<>();
        int before = ready;
        int lost = closed;
        long deadline = System.nanoTime() + PATIENCE;
        while (ready - before < count) {
            while (joining.size() < count && joining.size() - (ready - before) < AT_ONCE) {
                joining.add(invite());
            }
            turn(TICK);
            if (closed > lost || System.nanoTime() > deadline) {
                throw new IllegalStateException("Only " + (ready - before) + " of " + count + " clients of "
                        + dialect.path() + " got ready: " + (closed > lost ? lastEnd : "out of time"));
            }
        }
        return joining;
    }

    /** Adds one without waiting for it. */
    public Link invite() {
        try {
            Link link = new Link(server, dialect, selector, bookkeeper);
            links.add(link);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves them until then, by {@link System#nanoTime}. */
    public void run(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            turn(Math.max(1, Math.min(TICK, TimeUnit.NANOSECONDS.toMillis(left))));
        }
    }

    public void runFor(double seconds) {
        run(System.nanoTime() + (long) (seconds * 1e9));
    }

    public List<Link> links() {
        return links;
    }

    /** How many the server, or a failure, has ended. */
    public int closed() {
        return closed;
    }

    /** Why the latest of those ended. */
    public String lastEnd() {
        return lastEnd;
    }

    @Override
    public void close() {
        links.forEach(Link::abort);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(long millis) {
        try {
            selector.select(key -> ((Link) key.attachment()).serve(buffer), millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Bookkeeper implements Link.Listener {

        @Override
        public void ready(Link link) {
            ready++;
            listener.ready(link);
        }

        @Override
        public void markers(Link link, int count) {
            listener.markers(link, count);
        }

        @Override
        public void closed(Link link, String why) {
            closed++;
            lastEnd = why;
            listener.closed(link, why);
        }
    }
}
