package org.pocketsocket.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/** A transport in memory: takes everything at once, or only when told to. */
final class FakeWire implements Wire {

    private final List<String> got = new ArrayList<>();
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private boolean reads = true;
    private int writes;
    private int pings;
    private boolean broken;
    private @Nullable Goodbye goodbye;
    private @Nullable Runnable closed;

    /** From here on it takes one parcel, and is not ready for more before {@link #readOn}. */
    synchronized FakeWire stopReading() {
        reads = false;
        return this;
    }

    synchronized void failAtPings() {
        broken = true;
    }

    void readOn() {
        Runnable next;
        synchronized (this) {
            next = ready.poll();
        }
        if (next != null) {
            next.run();
        }
    }

    @Override
    public synchronized boolean write(Parcel parcel, boolean more, Runnable whenReady) {
        got.addAll(parcel.texts());
        writes++;
        if (!reads) {
            ready.add(whenReady);
        }
        notifyAll();
        return reads;
    }

    @Override
    public synchronized void ping() {
        pings++;
        if (broken) {
            throw new IllegalStateException("broken");
        }
    }

    @Override
    public void close(Goodbye why) {
        Runnable report;
        synchronized (this) {
            goodbye = why;
            report = closed;
            notifyAll();
        }
        if (report != null) {
            report.run();
        }
    }

    /** Like an edge, reports the end of its transport. */
    synchronized void whenClosed(Runnable report) {
        closed = report;
    }

    synchronized List<String> got() {
        return List.copyOf(got);
    }

    synchronized int writes() {
        return writes;
    }

    synchronized int pings() {
        return pings;
    }

    synchronized @Nullable Goodbye goodbye() {
        return goodbye;
    }

    /** Waits until this many messages are there, and returns them all. */
    synchronized List<String> await(int count) {
        Deadline deadline = new Deadline();
        while (got.size() < count) {
            deadline.waitOn(this, () -> count + " messages expected, but got " + got);
        }
        return List.copyOf(got);
    }

    synchronized Goodbye awaitGoodbye() {
        Deadline deadline = new Deadline();
        while (goodbye == null) {
            deadline.waitOn(this, () -> "no goodbye came");
        }
        return goodbye;
    }
}
