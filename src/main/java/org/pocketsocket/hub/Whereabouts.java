package org.pocketsocket.hub;

import org.pocketsocket.Handshake;

/**
 * Where a peer is: here, by some transport; away, and perhaps back soon; or gone. A peer that turns out to be one that was
 * here before gives its transport to that one. The lock guards the fields, and is taken from the fresh peer to the old.
 */
@SuppressWarnings("ReferenceEquality") // a peer is equal to itself only
final class Whereabouts {

    private enum State {
        HERE,
        AWAY,
        MOVED,
        GONE
    }

    /** What the end of a transport means. */
    enum Ending {
        NOTHING,
        AWAY,
        GONE,

        /** Ask the {@link #owner}. */
        MOVED
    }

    /** A transport, what waits for it, and what its client said when it came. */
    record Line(Handshake handshake, Wire wire, Outbox outbox) {}

    private volatile State state = State.HERE;
    private volatile Line line;
    private volatile Peer owner;
    private volatile Peer edge;

    Whereabouts(Peer peer, Line line) {
        this.line = line;
        this.owner = peer;
        this.edge = peer;
    }

    Line line() {
        return line;
    }

    /** Who goes on with its transport: itself, unless it has moved. */
    Peer owner() {
        return owner;
    }

    /** Who came with the transport that it is reached by. */
    Peer edge() {
        return edge;
    }

    boolean isAway() {
        return state == State.AWAY;
    }

    /** Whether it will not come back. */
    boolean isGone() {
        return state == State.GONE || state == State.MOVED;
    }

    /**
     * The transport has ended that somebody came with.
     *
     * @param queue bytes that may wait until it is back; negative when it may not come back
     */
    synchronized Ending lost(Peer from, int queue) {
        if (state == State.MOVED) {
            return Ending.MOVED;
        } else if (state != State.HERE || edge != from) {
            return Ending.NOTHING;
        } else if (queue >= 0 && line.outbox.park(queue)) {
            state = State.AWAY;
            return Ending.AWAY;
        }
        end();
        return Ending.GONE;
    }

    /** True for the first who says that it is gone. */
    synchronized boolean end() {
        boolean first = !isGone();
        if (first) {
            state = State.GONE;
            line.outbox.close();
        }
        return first;
    }

    /** Another goes on with this transport; what waited for that one follows the greeting. False when either is gone. */
    synchronized boolean moveTo(Peer home, Load greeting) {
        if (state != State.HERE || !home.where.take(line, edge, greeting)) {
            return false;
        }
        state = State.MOVED;
        owner = home;
        return true;
    }

    private synchronized boolean take(Line other, Peer from, Load greeting) {
        if (isGone() || !other.outbox.append(greeting)) {
            return false;
        }
        line.outbox.moveTo(other.outbox);
        line = other;
        edge = from;
        state = State.HERE;
        return true;
    }
}
