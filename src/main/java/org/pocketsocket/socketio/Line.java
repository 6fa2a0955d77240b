package org.pocketsocket.socketio;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * The way out of a session: its postbox, from where polls fetch, and a WebSocket from when there is one. What waits in the
 * postbox goes to the WebSocket first, then parcels go there straight.
 */
final class Line {

    private final Guard guard;
    private final Postbox post;
    private final BiConsumer<Duration, Runnable> timer;
    private @Nullable Pipe pipe;
    private boolean busy; // bringing mail to the pipe
    private boolean closed;
    private volatile @Nullable Pipe straight;

    Line(Guard guard, Postbox post, BiConsumer<Duration, Runnable> timer) {
        this.guard = guard;
        this.post = post;
        this.timer = timer;
    }

    // ---- in a change

    boolean hasPipe() {
        return pipe != null;
    }

    boolean isOn(Pipe which) {
        return pipe == which;
    }

    /** From here on all goes there. */
    void use(Pipe to) {
        use(to, Duration.ZERO);
    }

    /** As {@link #use}, from a little later on. */
    void use(Pipe to, Duration pause) {
        pipe = to;
        if (pause.isZero()) {
            pump();
        } else {
            rest(pause);
        }
    }

    private void rest(Duration time) {
        busy = true;
        timer.accept(time, this::flushed);
    }

    /** Nothing comes any more; a poll may still fetch what waits. */
    void close() {
        closed = true;
    }

    /** The pipe is gone; what comes waits for a poll, or another. */
    void leave() {
        pipe = null;
        straight = null;
        busy = false;
    }

    /** Nothing goes out any more. The pipe, if there is one, takes the last packets, if any, and is ended this way. */
    void end(String last, Consumer<Pipe> how) {
        Pipe ending = pipe;
        closed = true;
        straight = null;
        pipe = null;
        post.empty();
        if (ending != null) {
            guard.then(() -> {
                if (!last.isEmpty()) {
                    ending.aside(last);
                }
                how.accept(ending);
            });
        }
    }

    private void pump() {
        Pipe to = pipe;
        if (to == null || busy || straight != null) {
            return;
        } else if (post.isEmpty()) {
            straight = to;
            post.tellReady();
            return;
        }
        busy = true;
        Parcel mail = post.take();
        guard.then(() -> {
            if (to.write(mail, false, this::flushed)) {
                flushed();
            }
        });
    }

    // ---- from outside

    private void flushed() {
        guard.act(() -> {
            busy = false;
            pump();
        });
    }

    /** Holds back what comes next for a while. */
    void pause(Duration time) {
        guard.act(() -> {
            if (straight != null) {
                straight = null;
                rest(time);
            }
        });
    }

    /** As {@link org.pocketsocket.hub.Wire#write}. */
    boolean write(Parcel parcel, boolean more, Runnable ready) {
        boolean[] free = {true};
        Pipe[] open = {straight};
        if (open[0] == null) {
            guard.act(() -> {
                open[0] = straight; // the only way, then: what is stored goes out by itself
                free[0] = open[0] != null || store(parcel, more, ready);
            });
        }
        return open[0] == null ? free[0] : open[0].write(parcel, more, ready);
    }

    /** For a poll, or for the pipe when it has taken what came before. */
    private boolean store(Parcel parcel, boolean more, Runnable ready) {
        if (closed) {
            return true;
        }
        post.add(parcel);
        boolean waits = post.isFull() || pipe != null;
        if (waits) {
            post.whenReady(ready);
        }
        if (pipe != null) {
            pump();
        } else if (waits || !more) {
            post.deliver();
        }
        return !waits;
    }

    /** A packet that does not wait for others. */
    void aside(String packet) {
        guard.act(() -> {
            Pipe open = straight;
            if (open != null) {
                guard.then(() -> open.aside(packet));
            } else if (!closed) {
                post.add(packet);
                post.deliver();
                pump();
            }
        });
    }
}
