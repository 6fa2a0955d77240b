package org.pocketsocket.socketio;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that wants to take a session over from polling: it asks with a probe, gets its answer, and says that it
 * does. To be used under its session's guard.
 */
final class Candidate {

    private static final String PROBE = "probe";

    private final Guard guard;
    private final Postbox post;
    private final Line line;
    private final BiConsumer<Duration, Runnable> timer;
    private @Nullable Pipe pipe;
    private boolean probed;
    private boolean early; // the poll that is held was there before it

    Candidate(Guard guard, Postbox post, Line line, BiConsumer<Duration, Runnable> timer) {
        this.guard = guard;
        this.post = post;
        this.line = line;
        this.timer = timer;
    }

    boolean isThere() {
        return pipe != null;
    }

    void come(Pipe fresh) {
        pipe = fresh;
        early = post.isHeld();
    }

    /** What this WebSocket says, if it is the one. */
    void take(Pipe from, String packet) {
        if (pipe != from) {
            return;
        }
        if (packet.equals(Engine.PING + PROBE)) {
            probed = true;
            guard.then(() -> from.aside(Engine.PONG + PROBE));
            if (early) {
                post.say(Engine.NOOP);
            }
            release();
        } else if (packet.equals(Engine.UPGRADE) && probed) {
            pipe = null;
            probed = false;
            post.refuse(); // a client that upgrades does not poll
            line.use(from);
        } else {
            leave();
        }
    }

    /** A poll is held. */
    void polled() {
        early = false;
        if (probed) {
            release();
        }
    }

    /** Ends the poll of a client that is about to upgrade; not at once: perhaps it has done so already. */
    private void release() {
        timer.accept(
                Engine.MOMENT,
                () -> guard.act(() -> {
                    if (probed) {
                        post.say(Engine.NOOP);
                    }
                }));
    }

    /** It goes, if it is the one. */
    void leave(Pipe which) {
        if (pipe == which) {
            leave();
        }
    }

    /** Whoever wants to take over may not. */
    void leave() {
        Pipe leaving = pipe;
        pipe = null;
        probed = false;
        if (leaving != null) {
            guard.then(() -> leaving.close(1000, ""));
        }
    }
}
