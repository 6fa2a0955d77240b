package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.message.Parcel;

/** A session of Socket.IO 0.9, over polls that come and go or over a WebSocket. Without input or output of its own. */
final class OldSession implements Ears {

    static final String CONNECTED = "1::";
    static final String HEARTBEAT = "2::";
    static final String GONE = "0::";
    static final String NOOP = "8::";
    static final String TAKEN = "1";

    private static final Duration MOMENT = Duration.ofMillis(30);
    private static final Function<Parcel, byte[]> FRAMES = OldSession::written;

    /**
     * What clients are told, and more.
     *
     * @param heartbeat how often a WebSocket is asked for a sign of life
     * @param timeout how long it may give none
     * @param close how long it may be without any transport
     * @param poll how long a poll is held
     */
    record Terms(Duration heartbeat, Duration timeout, Duration close, Duration poll, int mailbox) {}

    private final Guard guard = new Guard();
    private final Terms terms;
    private final Beat.World world;
    private final Runnable over;
    private final Postbox post;
    private final Line line;
    private boolean greeted;
    private boolean lingering;
    private boolean closed;
    private @Nullable Pipe pipe;
    private volatile long heardAt;
    private volatile Talk talk = Talk.NOBODY;

    /** @param over called when it has ended */
    OldSession(Terms terms, Beat.World world, Runnable over) {
        this.terms = terms;
        this.world = world;
        this.over = over;
        this.post = new Postbox((packets, poll) -> poll.answer(OldPacket.frame(packets)), terms.mailbox, guard::then);
        this.line = new Line(guard, post, world.timer());
        this.heardAt = now();
    }

    /** To be called once, when it was let in. */
    void begin(Talk by) {
        talk = by;
        beat();
    }

    private long now() {
        return world.clock().getAsLong();
    }

    /** Whether it goes on; one that was silent for too long does not. */
    boolean isAlive() {
        boolean gone;
        synchronized (guard) {
            Duration most = pipe == null ? terms.close : terms.timeout;
            gone = !post.isHeld() && now() - heardAt >= most.toNanos();
            if (closed) {
                return false;
            }
        }
        if (gone) {
            end(false);
        }
        return !gone;
    }

    /** A heartbeat for a WebSocket, whose silence and everybody else's is noticed. */
    private void beat() {
        if (isAlive()) {
            if (hasPipe()) {
                line.aside(HEARTBEAT);
            }
            world.timer().accept(terms.heartbeat, this::beat);
        }
    }

    private boolean hasPipe() {
        synchronized (guard) {
            return line.hasPipe();
        }
    }

    boolean isPolling() {
        return !hasPipe();
    }

    // ---- transports

    /** A poll; the first learns that it is connected, a later one ends the one before. */
    void poll(Poll request) {
        heardAt = now();
        guard.act(() -> {
            if (closed || pipe != null) {
                guard.then(request::refuse);
            } else if (!greeted) {
                greeted = true;
                guard.then(() -> request.answer(CONNECTED));
            } else {
                hold(request);
            }
        });
    }

    private void hold(Poll request) {
        post.say(NOOP);
        post.hold(request);
        if (lingering) {
            close(false);
            return;
        }
        world.timer()
                .accept(
                        terms.poll,
                        () -> guard.act(() -> {
                            if (post.isHeld(request)) {
                                heardAt = now();
                                post.say(NOOP);
                            }
                        }));
    }

    /** The request broke off: the next may come. */
    void broke(Poll request) {
        guard.act(() -> post.forget(request));
    }

    /** A WebSocket in place of whatever there was. */
    void attach(Pipe fresh) {
        heardAt = now();
        guard.act(() -> {
            release();
            post.say(NOOP);
            pipe = fresh;
        });
    }

    /** It is connected: it learns so, and gets what waited. */
    void open(Pipe fresh) {
        boolean first;
        synchronized (guard) {
            first = !greeted;
            greeted = true;
        }
        if (first) {
            fresh.aside(CONNECTED);
        }
        world.timer()
                .accept(
                        MOMENT,
                        () -> guard.act(() -> {
                            if (pipe == fresh && !closed) {
                                line.use(fresh);
                            }
                        }));
    }

    private void release() {
        Pipe before = pipe;
        pipe = null;
        line.leave();
        if (before != null) {
            guard.then(() -> before.close(1000, ""));
        }
    }

    @Override
    public void gone(Pipe which, boolean clean) {
        guard.act(() -> {
            if (pipe == which) {
                heardAt = now();
                release();
            }
        });
    }

    // ---- from the client

    /** A packet of the client's. */
    void receive(String packet) {
        heardAt = now();
        Talk with = talk;
        with.heard();
        with.text(packet);
    }

    @Override
    public void text(Pipe from, String text) {
        receive(text);
    }

    @Override
    public void binary(Pipe from, byte[] message) {
        gone(from, false); // there is none in this protocol
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

    @Override
    public byte[] frames(Parcel parcel) {
        return parcel.as(FRAMES);
    }

    @Override
    public List<Object> messages(Parcel parcel) {
        return parcel.texts().stream()
                .filter(text -> !text.isEmpty())
                .<Object>map(text -> text)
                .toList();
    }

    private static byte[] written(Parcel parcel) {
        return Framing.join(parcel.texts().stream()
                .filter(text -> !text.isEmpty())
                .map(text -> Frames.of(Frames.FIN | Frames.TEXT, text.getBytes(UTF_8)))
                .toList());
    }

    // ---- the end

    /** Ends it at once. */
    void end(boolean clean) {
        guard.act(() -> close(clean));
    }

    /** Ends it; its client is told not to come back. */
    void putOut() {
        guard.act(() -> {
            Pipe leaving = pipe;
            if (leaving != null) {
                guard.then(() -> leaving.aside(GONE));
            } else if (!closed) {
                post.add(GONE);
                post.deliver();
            }
            if (leaving == null && !post.isEmpty()) {
                lingering = true; // until the next poll, or until there is none for too long
                line.close();
                leave(false);
            } else {
                close(false);
            }
        });
    }

    private void close(boolean clean) {
        if (!closed) {
            closed = true;
            post.say(NOOP);
            release();
            line.close();
            post.empty();
            guard.then(over);
            leave(clean);
        }
    }

    private void leave(boolean clean) {
        Talk leaving = talk;
        talk = Talk.NOBODY;
        guard.then(() -> leaving.gone(clean));
    }
}
