package org.pocketsocket.socketio;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * A session of Engine.IO: requests that poll, or a WebSocket, or first the one and then the other. A machine without input
 * or output of its own. Its guard holds the fields together; everybody else is called outside it.
 */
final class Engine implements Ears {

    static final String CLOSE = "1";
    static final String PING = "2";
    static final String PONG = "3";
    static final String UPGRADE = "5";
    static final String NOOP = "6";
    static final String OK = "ok";

    static final Duration MOMENT = Duration.ofMillis(30); // for what may be on its way beside something else

    private enum State {
        OPEN,
        /** The next poll gets last words, and the one after it the end: clients overlook the words beside it. */
        LINGERING,
        CLOSED
    }

    /**
     * What was agreed.
     *
     * @param upgrade how long a WebSocket may take to prove that it works
     * @param mailbox bytes that may wait for a poll, give or take what came last
     */
    record Terms(Revision revision, Postbox.Writer writer, Beat.Pace pace, Duration upgrade, int mailbox) {}

    private final Guard guard = new Guard();
    private final Terms terms;
    private final Beat.World world;
    private final Runnable over;
    private final Beat beat;
    private final Postbox post;
    private final Line line;
    private final Candidate candidate;
    private State state = State.OPEN;
    private @Nullable Poll farewell; // the request that said it
    private volatile Talk talk = Talk.NOBODY;

    /** @param over called when it has ended */
    Engine(Terms terms, Beat.World world, Runnable over) {
        this.terms = terms;
        this.world = world;
        this.over = over;
        this.post = new Postbox(terms.writer, terms.mailbox, guard::then);
        this.line = new Line(guard, post, world.timer());
        this.candidate = new Candidate(guard, post, line, world.timer());
        this.beat = new Beat(terms.pace, world, () -> line.aside(PING), () -> end(false));
    }

    Revision revision() {
        return terms.revision;
    }

    /** Begins with the packet that opens it: over a WebSocket or, without one, for the poll that is to come. */
    void begin(Talk by, @Nullable Pipe first, String open) {
        talk = by;
        guard.act(() -> {
            post.add(open);
            if (first != null) { // old clients miss what comes together with the answer to their handshake
                line.use(first, terms.revision == Revision.THREE ? MOMENT : Duration.ZERO);
            }
        });
        beat.start(terms.revision == Revision.FOUR);
    }

    /** Whether it goes on; one that was silent for too long does not. */
    boolean isAlive() {
        return beat.isAlive();
    }

    boolean isPolling() {
        synchronized (guard) {
            return state != State.CLOSED && !line.hasPipe();
        }
    }

    // ---- requests

    /** A request for what there is. */
    void poll(Poll request) {
        guard.act(() -> {
            if (state == State.CLOSED || line.hasPipe()) {
                guard.then(request::refuse);
            } else if (post.isHeld()) {
                guard.then(request::refuse);
                close(1000, "", "", false);
            } else {
                hold(request);
            }
        });
    }

    private void hold(Poll request) {
        post.hold(request);
        if (farewell != null) {
            post.say(NOOP);
            close(1000, "", "", !talk.mayReturn());
        } else if (state == State.LINGERING && post.isHeld()) {
            close(1000, "", "", false);
        } else if (state == State.OPEN) {
            candidate.polled();
        }
    }

    private void soon(Runnable change) {
        world.timer().accept(MOMENT, () -> guard.act(change));
    }

    /** The request broke off. */
    void broke(Poll request) {
        guard.act(() -> {
            post.forget(request);
            close(1000, "", "", false);
        });
    }

    /**
     * A request that says goodbye. It is answered when the session has ended; that takes a moment if there is no poll to be
     * ended with it: one may be on its way beside it.
     */
    void farewell(Poll request) {
        guard.act(() -> {
            farewell = request;
            if (post.isHeld()) {
                post.say(NOOP);
                close(1000, "", "", !talk.mayReturn());
            } else {
                soon(() -> close(1000, "", "", !talk.mayReturn()));
            }
        });
    }

    // ---- the WebSocket

    /** A WebSocket that wants to take over; false when it may not. */
    boolean attach(Pipe pipe) {
        synchronized (guard) {
            if (state != State.OPEN || candidate.isThere() || line.hasPipe()) {
                return false;
            }
            candidate.come(pipe);
        }
        world.timer().accept(terms.upgrade, () -> guard.act(() -> candidate.leave(pipe)));
        return true;
    }

    @Override
    public void binary(Pipe from, byte[] message) {
        try {
            text(from, terms.revision.readMessage(message));
        } catch (BadPacket e) {
            gone(from, false);
        }
    }

    @Override
    public byte[] frames(Parcel parcel) {
        return Framing.of(parcel, terms.revision);
    }

    @Override
    public List<Object> messages(Parcel parcel) {
        return Framing.messages(parcel, terms.revision);
    }

    /** A packet from a WebSocket. */
    @Override
    public void text(Pipe from, String packet) {
        boolean[] ours = {false};
        guard.act(() -> {
            ours[0] = line.isOn(from);
            candidate.take(from, packet);
        });
        if (ours[0]) {
            receive(packet);
        }
    }

    @Override
    public void gone(Pipe pipe, boolean clean) {
        guard.act(() -> {
            candidate.leave(pipe);
            if (line.isOn(pipe)) {
                close(1000, "", "", clean);
            }
        });
    }

    // ---- from the client

    /** A packet of the client's, from whichever transport it uses now. */
    void receive(String packet) {
        Talk with = talk;
        beat.heard();
        with.heard();
        try {
            Revision.check(packet);
            switch (packet.charAt(0)) {
                case '4' -> with.text(packet.substring(1));
                case Revision.BINARY -> with.binary(packet.substring(1));
                case '1' -> end(!with.mayReturn());
                case '2' -> pinged(packet);
                case '3' -> beat.ponged();
                default -> {} // 0, 5 and 6 are nothing to us
            }
        } catch (BadPacket e) {
            end(false);
        }
    }

    /** Clients of revision 3 ping us. */
    private void pinged(String packet) {
        if (terms.revision == Revision.FOUR) {
            throw new BadPacket("a ping that goes the wrong way");
        }
        line.aside(PONG + packet.substring(1));
    }

    @Override
    public boolean wantsMore() {
        return talk.wantsMore();
    }

    // ---- to the client

    /** As {@link org.pocketsocket.hub.Wire#write}. */
    boolean write(Parcel parcel, boolean more, Runnable ready) {
        return line.write(parcel, more, ready);
    }

    /**
     * Holds back what comes next for a moment. Clients set their ears up when they learn that they are in: what came in the
     * same instant would find nobody.
     */
    void pause() {
        line.pause(MOMENT);
    }

    // ---- the end

    /** Ends it at once. */
    void end(boolean clean) {
        guard.act(() -> close(1000, "", "", clean));
    }

    /** Ends it behind these packets, if any: without a WebSocket or a poll, the next poll gets them. */
    void end(int code, String reason, String packets) {
        guard.act(() -> {
            boolean byPoll = state == State.OPEN && !packets.isEmpty() && !line.hasPipe();
            if (byPoll) {
                post.add(packets);
                post.deliver();
            }
            if (byPoll && !post.isEmpty()) {
                state = State.LINGERING; // no longer than a client may be silent
                line.close();
                leave(false);
            } else {
                close(code, reason, packets, false);
            }
        });
    }

    private void close(int code, String reason, String packets, boolean clean) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        beat.stop();
        post.say(CLOSE);
        candidate.leave();
        line.end(packets, pipe -> pipe.close(code, reason));
        Poll leaving = farewell;
        if (leaving != null) {
            guard.then(() -> leaving.answer(OK));
        }
        guard.then(over);
        leave(clean);
    }

    private void leave(boolean clean) {
        Talk leaving = talk;
        talk = Talk.NOBODY;
        guard.then(() -> leaving.gone(clean));
    }
}
