package org.pocketsocket.hub;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * What waits for one peer: parcels in order, bounded in bytes, and in how long the peer may take none. One write is in
 * flight at most. The lock guards the fields only; the wire is called outside it, from a loop.
 */
final class Outbox {

    private enum State {
        IDLE,
        DRAINING,
        BLOCKED,
        CLOSED
    }

    private final Wire wire;
    private final Bound bound;
    private final LongSupplier clock;
    private final Runnable ready = this::ready;
    private final Queue<Parcel> waiting = new ArrayDeque<>();
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

    /** Adds a parcel, to go with the next {@link #flush}. False: it is over the bound, and was not added. */
    synchronized boolean append(Parcel parcel) {
        if (state == State.CLOSED) {
            return true; // nobody is there to be too slow
        } else if (bytes + parcel.bytes() > bound.bytes || isStuck()) {
            return false;
        }
        waiting.add(parcel);
        bytes += parcel.bytes();
        return true;
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
        synchronized (this) {
            if (state != State.IDLE || waiting.isEmpty()) {
                return;
            }
            state = State.DRAINING;
        }
        drain();
    }

    /** Drops what waits, and all that comes. */
    synchronized void close() {
        state = State.CLOSED;
        waiting.clear();
        bytes = 0;
        inFlight = 0;
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
            Parcel parcel;
            boolean more;
            synchronized (this) {
                parcel = next();
                more = !waiting.isEmpty();
            }
            if (parcel == null) {
                return;
            }
            boolean free = wire.write(parcel, more, ready);
            if (!free && isBlocked()) {
                return;
            }
        }
    }

    private @Nullable Parcel next() {
        bytes -= inFlight;
        inFlight = 0;
        if (state != State.DRAINING) {
            return null; // closed meanwhile
        }
        Parcel parcel = waiting.poll();
        if (parcel == null) {
            state = State.IDLE;
        } else {
            inFlight = parcel.bytes();
        }
        return parcel;
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
