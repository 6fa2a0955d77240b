package org.pocketsocket.hub;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one peer: parcels in order, bounded in bytes, and in how long the peer may take none. One write is in
 * flight at most. The lock guards the fields only; the wire is called outside it, from a loop.
 */
final class Outbox {

    private enum State {
        IDLE,
        DRAINING,
        BLOCKED,
        PARKED,
        CLOSED
    }

    private final Wire wire;
    private final LongSupplier clock;
    private final Runnable ready = this::ready;
    private final Queue<Load> waiting = new ArrayDeque<>();
    private Bound bound;
    private @Nullable Outbox successor;
    private State state = State.IDLE;
    private int bytes; // waiting and in flight
    private int inFlight;
    private boolean readyAgain; // the wire called back before write() returned
    private long blockedSince;

    /**
     * @param bytes that may wait
     * @param age in nanoseconds, that the peer may take none of them
     */
    record Bound(int bytes, long age) {}

    /** @param clock nanoseconds */
    Outbox(Wire wire, Bound bound, LongSupplier clock) {
        this.wire = wire;
        this.bound = bound;
        this.clock = clock;
    }

    /** Adds a load, to go with the next {@link #flush}. False: it does not fit, and its peer is to be put out for that. */
    synchronized boolean append(Load load) {
        if (state == State.CLOSED) {
            return successor == null || successor.append(load); // else nobody is there to be too slow
        }
        if (load.policy() == Policy.VOLATILE && (state == State.BLOCKED || state == State.PARKED)) {
            return true;
        }
        makeRoom(load);
        if (isFull(load) || (isStuck() && load.policy() == Policy.CLOSE)) {
            return load.policy() != Policy.CLOSE;
        }
        waiting.add(load);
        bytes += load.bytes();
        return true;
    }

    /**
     * {@link #append} and {@link #flush} in one. When nothing waits, which is nearly always, the load goes straight to the
     * wire and is kept nowhere: an old outbox that points to a fresh load is what a garbage collector pays for.
     */
    boolean send(Load load) {
        if (!claim(load)) {
            boolean fits = append(load);
            flush();
            return fits;
        }
        if (wire.write(load.parcel(), false, ready) || !isBlocked()) {
            drain();
        }
        return true;
    }

    private synchronized boolean claim(Load load) {
        if (state != State.IDLE || !waiting.isEmpty() || isFull(load)) {
            return false;
        }
        state = State.DRAINING;
        inFlight = load.bytes();
        bytes += inFlight;
        return true;
    }

    private void makeRoom(Load load) {
        switch (load.policy()) {
            case KEEP_LATEST -> remove(load::replaces);
            case DROP_OLDEST -> {
                boolean roomy = true;
                while (isFull(load) && roomy) {
                    roomy = remove(older -> older.policy() == Policy.DROP_OLDEST);
                }
            }
            case CLOSE, VOLATILE -> {} // the one must not be lost, the other need not be kept
        }
    }

    private boolean isFull(Load load) {
        return bytes + load.bytes() > bound.bytes;
    }

    /** Removes the first such load, if there is one. */
    private boolean remove(Predicate<Load> which) {
        Iterator<Load> loads = waiting.iterator();
        while (loads.hasNext()) {
            Load load = loads.next();
            if (which.test(load)) {
                loads.remove();
                bytes -= load.bytes();
                return true;
            }
        }
        return false;
    }

    /** Whether something waits, and the peer has taken nothing for too long. */
    synchronized boolean isStuck() {
        return state == State.BLOCKED && clock.getAsLong() - blockedSince > bound.age;
    }

    /** Whether half of what may wait does, because the wire takes no more for now. */
    synchronized boolean isBehind() {
        return state == State.BLOCKED && bytes > bound.bytes / 2;
    }

    /** Sends what waits, unless somebody is at it. */
    void flush() {
        Outbox next;
        synchronized (this) {
            next = successor;
            if (next == null && (state != State.IDLE || waiting.isEmpty())) {
                return;
            } else if (next == null) {
                state = State.DRAINING;
            }
        }
        if (next != null) {
            next.flush();
        } else {
            drain();
        }
    }

    /**
     * The wire is gone, and another may come: what waits is kept, and what comes, within this bound; what was given to the
     * wire is not. False when there is too much already, or it is closed.
     */
    synchronized boolean park(int most) {
        if (state == State.CLOSED || bytes - inFlight > most) {
            return false;
        }
        state = State.PARKED;
        bytes -= inFlight;
        inFlight = 0;
        bound = new Bound(most, bound.age);
        return true;
    }

    /** Another takes over: what waits here is put behind what waits there, and so is all that still comes here. */
    synchronized void moveTo(Outbox other) {
        other.take(waiting);
        close();
        successor = other;
    }

    private synchronized void take(Queue<Load> loads) {
        if (state != State.CLOSED) {
            loads.forEach(load -> bytes += load.bytes());
            waiting.addAll(loads);
        }
    }

    /** Drops what waits, and all that comes. True for the first who does. */
    synchronized boolean close() {
        if (successor != null) {
            return successor.close();
        }
        boolean first = state != State.CLOSED;
        state = State.CLOSED;
        waiting.clear();
        bytes = 0;
        inFlight = 0;
        return first;
    }

    synchronized int bytes() {
        return bytes;
    }

    private void ready() {
        synchronized (this) {
            if (state == State.DRAINING) {
                readyAgain = true;
                return;
            } else if (state != State.BLOCKED) {
                return;
            }
            state = State.DRAINING;
        }
        drain();
    }

    private void drain() {
        while (true) {
            Load load;
            boolean more;
            synchronized (this) {
                load = next();
                more = !waiting.isEmpty();
            }
            if (load == null) {
                return;
            }
            boolean free = wire.write(load.parcel(), more, ready);
            if (!free && isBlocked()) {
                return;
            }
        }
    }

    private @Nullable Load next() {
        bytes -= inFlight;
        inFlight = 0;
        if (state != State.DRAINING) {
            return null; // closed meanwhile
        }
        Load load = waiting.poll();
        if (load == null) {
            state = State.IDLE;
        } else {
            inFlight = load.bytes();
        }
        return load;
    }

    private synchronized boolean isBlocked() {
        boolean blocked = !readyAgain;
        readyAgain = false;
        if (blocked && state == State.DRAINING) {
            state = State.BLOCKED;
            blockedSince = clock.getAsLong();
        }
        return blocked;
    }
}
