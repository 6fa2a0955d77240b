package org.pocketsocket.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * A session of Engine.IO: requests that poll, or a WebSocket, or first the one and then the other. A machine without input
 * or output of its own. The lock guards the fields; everybody else is called outside it.
 */
final class Engine {

    static final String CLOSE = "1";
    static final String PING = "2";
    static final String PONG = "3";
    static final String UPGRADE = "5";
    static final String NOOP = "6";
    static final String OK = "ok";
    private static final String PROBE = "probe";

    /** How long a poll waits for the end of an upgrade that may be about to end. */
    private static final Duration MOMENT = Duration.ofMillis(30);

    private enum State {
        POLLING,
        PROBING,
        SWITCHING,
        WEBSOCKET,
        LINGERING,
        CLOSED
    }

    /**
     * What was agreed.
     *
     * @param upgrade how long a WebSocket may take to prove that it works
     * @param mailbox bytes that may wait for a poll, give or take what came last
     */
    record Terms(Revision revision, Beat.Pace pace, Duration upgrade, int mailbox) {}

    private final Terms terms;
    private final Beat.World world;
    private final Runnable over;
    private final Beat beat;
    private final List<Runnable> effects = new ArrayList<>();
    private final Postbox post;
    private State state = State.POLLING;
    private @Nullable Pipe pipe; // while probing it is on trial
    private boolean probed;
    private @Nullable Poll farewell; // the request that said it
    private boolean busy; // bringing mail to the pipe
    private volatile Talk talk = Talk.NOBODY;

    /** The pipe that parcels may go to straight away. */
    private volatile @Nullable Pipe straight;

    /** @param over called when it has ended */
    Engine(Terms terms, Beat.World world, Runnable over) {
        this.terms = terms;
        this.world = world;
        this.over = over;
        this.beat = new Beat(terms.pace, world, () -> aside(PING), () -> end(false));
        this.post = new Postbox(terms.revision, terms.mailbox, effects::add);
    }

    Revision revision() {
        return terms.revision;
    }

    /** Begins over a WebSocket, with the packets that open it; or, without one, for the request that asked for it. */
    void begin(Talk by, @Nullable Pipe first, String open) {
        talk = by;
        act(() -> {
            post.add(open);
            if (first != null) {
                pipe = first;
                state = State.SWITCHING;
                pump();
            }
        });
        beat.start(terms.revision == Revision.FOUR);
    }

    /** Whether it goes on; one that was silent for too long does not. */
    boolean isAlive() {
        return beat.isAlive();
    }

    synchronized boolean isPolling() {
        return state == State.POLLING || state == State.PROBING || state == State.LINGERING;
    }

    private void act(Runnable change) {
        List<Runnable> todo;
        synchronized (this) {
            change.run();
            todo = List.copyOf(effects);
            effects.clear();
        }
        todo.forEach(Runnable::run);
    }

    // ---- requests

    /** A request for what there is. */
    void poll(Poll request) {
        act(() -> {
            if (!isPolling()) {
                effects.add(request::refuse);
            } else if (post.isHeld()) {
                effects.add(request::refuse);
                close(false);
            } else {
                hold(request);
            }
        });
    }

    private void hold(Poll request) {
        post.hold(request);
        if (farewell != null) {
            post.say(NOOP);
            close(true);
        } else if (state == State.LINGERING) {
            close(false);
        } else if (probed && post.isHeld()) {
            world.timer()
                    .accept(
                            MOMENT,
                            () -> act(() -> {
                                if (probed && post.isHeld(request)) {
                                    post.say(NOOP);
                                }
                            }));
        }
    }

    /** The request broke off. */
    void broke(Poll request) {
        act(() -> {
            post.forget(request);
            close(false);
        });
    }

    // ---- the WebSocket

    /** A WebSocket that wants to take over; false when it may not. */
    synchronized boolean attach(Pipe candidate) {
        if (state != State.POLLING) {
            return false;
        }
        state = State.PROBING;
        pipe = candidate;
        world.timer()
                .accept(
                        terms.upgrade,
                        () -> act(() -> {
                            if (state == State.PROBING && pipe == candidate) {
                                detach(candidate);
                            }
                        }));
        return true;
    }

    /** A packet from a WebSocket. */
    void packet(Pipe from, String packet) {
        boolean[] known = {false};
        act(() -> {
            known[0] = from == pipe && state != State.PROBING;
            if (from == pipe && state == State.PROBING) {
                probe(from, packet);
            }
        });
        if (known[0]) {
            receive(packet);
        }
    }

    private void probe(Pipe candidate, String packet) {
        if (packet.equals(PING + PROBE)) {
            probed = true;
            effects.add(() -> candidate.aside(PONG + PROBE));
            release(NOOP);
        } else if (packet.equals(UPGRADE) && probed) {
            probed = false;
            state = State.SWITCHING;
            post.refuse(); // a client that upgrades does not poll
            pump();
        } else {
            detach(candidate);
        }
    }

    private void detach(Pipe candidate) {
        state = State.POLLING;
        pipe = null;
        probed = false;
        effects.add(() -> candidate.close(1000, ""));
    }

    /** A WebSocket is gone. */
    void gone(Pipe which, boolean clean) {
        act(() -> {
            if (which == pipe && state == State.PROBING) {
                detach(which);
            } else if (which == pipe) {
                close(clean);
            }
        });
    }

    /** Brings the mail to the pipe; when there is none any more, parcels go there straight away. */
    private void pump() {
        Pipe to = pipe;
        if (state != State.SWITCHING || busy || to == null) {
            return;
        } else if (post.isEmpty()) {
            state = State.WEBSOCKET;
            straight = to;
            post.tellReady();
            return;
        }
        busy = true;
        Parcel mail = post.take();
        effects.add(() -> {
            if (to.write(mail, false, this::flushed)) {
                flushed();
            }
        });
    }

    /**
     * Holds back what comes next for a moment. Clients set their ears up when they learn that they are in: what came in the
     * same instant would find nobody.
     */
    void pause() {
        act(() -> {
            Pipe to = straight;
            if (to != null) {
                straight = null;
                state = State.SWITCHING;
                busy = true;
                world.timer().accept(MOMENT, this::flushed);
            }
        });
    }

    private void flushed() {
        act(() -> {
            busy = false;
            pump();
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
                case '1' -> end(true);
                case '2' -> pinged(packet);
                case '3' -> beat.ponged();
                default -> {} // 0, 5 and 6 are nothing to us
            }
        } catch (BadPacket e) {
            end(false);
        }
    }

    /**
     * A request that says goodbye. It is answered when the session has ended; that takes a moment if there is no poll to be
     * ended with it: one may be on its way beside it.
     */
    void farewell(Poll request) {
        act(() -> {
            farewell = request;
            if (!isPolling() || post.isHeld()) {
                post.say(NOOP);
                close(true);
            } else {
                world.timer().accept(MOMENT, () -> end(true));
            }
        });
    }

    /** Clients of revision 3 ping us. */
    private void pinged(String packet) {
        if (terms.revision == Revision.FOUR) {
            throw new BadPacket("a ping that goes the wrong way");
        }
        aside(PONG + packet.substring(1));
    }

    boolean wantsMore() {
        return talk.wantsMore();
    }

    // ---- to the client

    /** As {@link org.pocketsocket.hub.Wire#write}. */
    boolean write(Parcel parcel, boolean more, Runnable ready) {
        boolean[] free = {true};
        if (straight == null) {
            act(() -> free[0] = straight != null || store(parcel, more, ready));
        }
        Pipe open = straight;
        if (open == null || !free[0]) {
            return free[0];
        }
        return open.write(parcel, more, ready);
    }

    /** For a poll, or for the pipe when it has taken what came before. */
    private boolean store(Parcel parcel, boolean more, Runnable ready) {
        if (state == State.CLOSED || state == State.LINGERING) {
            return true;
        }
        post.add(parcel);
        boolean full = post.isFull() || state == State.SWITCHING;
        if (full) {
            post.whenReady(ready);
        }
        if (state == State.SWITCHING) {
            pump();
        } else if (full || !more) {
            post.deliver();
        }
        return !full;
    }

    /** A packet that does not wait for others. */
    private void aside(String packet) {
        act(() -> {
            Pipe open = straight;
            if (open != null) {
                effects.add(() -> open.aside(packet));
            } else if (state != State.CLOSED) {
                post.add(packet);
                post.deliver();
                pump();
            }
        });
    }

    // ---- the end

    /** Ends it at once. */
    void end(boolean clean) {
        act(() -> close(clean));
    }

    /** Ends it behind these packets, if any: without a WebSocket or a poll, the next poll gets them. */
    void end(int code, String reason, String packets) {
        act(() -> {
            Pipe open = straight;
            if (open != null && !packets.isEmpty()) {
                effects.add(() -> open.aside(packets));
            } else if (!packets.isEmpty()) {
                post.add(packets);
                post.add(CLOSE);
                boolean held = post.isHeld();
                post.deliver();
                if (isPolling() && !held) {
                    state = State.LINGERING; // no longer than a client may be silent
                    leave(false);
                    return;
                }
            }
            close(code, reason, false);
        });
    }

    private void close(boolean clean) {
        close(1000, "", clean);
    }

    private void close(int code, String reason, boolean clean) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        beat.stop();
        post.say(CLOSE);
        post.empty();
        Poll leaving = farewell;
        if (leaving != null) {
            effects.add(() -> leaving.answer(OK));
        }
        Pipe open = pipe;
        if (open != null) {
            effects.add(() -> open.close(code, reason));
        }
        pipe = null;
        straight = null;
        effects.add(over);
        leave(clean);
    }

    private void leave(boolean clean) {
        Talk leaving = talk;
        talk = Talk.NOBODY;
        effects.add(() -> leaving.gone(clean));
    }
}
