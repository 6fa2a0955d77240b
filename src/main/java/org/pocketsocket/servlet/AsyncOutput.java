package org.pocketsocket.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A servlet's output stream, guarded: written to only when it is ready, by one thread at a time, and never waited for.
 * Control frames go between the parcels. Callbacks run outside the lock.
 */
public final class AsyncOutput implements WriteListener {

    private final ServletOutputStream out;
    private final Runnable broken;
    private final Runnable written;

    /** What {@link #write} could not write. At most one: nobody writes before it was told that we are ready. */
    private byte @Nullable [] waiting;

    private @Nullable Runnable ready;

    /** Of those that wait only the latest matters (RFC 6455, 5.5.3). */
    private byte @Nullable [] pong;

    private byte @Nullable [] ping;

    private byte @Nullable [] last;
    private boolean dirty;
    private boolean ended;
    private boolean stopped;

    /**
     * @param broken called when the stream failed
     * @param written called, on a container's thread, when it has become ready and what waited was written
     */
    public AsyncOutput(ServletOutputStream out, Runnable broken, Runnable written) {
        this.out = out;
        this.broken = broken;
        this.written = written;
    }

    private interface Attempt {
        boolean succeeds() throws IOException;
    }

    /** As {@link org.pocketsocket.hub.Wire#write}. */
    public boolean write(byte[] frames, boolean more, Runnable whenReady) {
        return attempt(() -> {
            if (ended) {
                return true; // dropped, as is all that comes
            }
            if (isEmpty() && out.isReady()) {
                out.write(frames); // kept nowhere, see Outbox.send
                dirty = true;
            } else {
                waiting = frames;
            }
            boolean done = pump(!more);
            if (!done) {
                ready = whenReady;
            }
            return done;
        });
    }

    /** Now, or as soon as the stream is ready. */
    public void ping(byte[] frame) {
        attempt(() -> {
            ping = ended ? ping : frame;
            return pump(true);
        });
    }

    /** Now, or as soon as the stream is ready. */
    public void pong(byte[] frame) {
        attempt(() -> {
            pong = ended ? pong : frame;
            return pump(true);
        });
    }

    /** The last frame, behind what is being written; nothing comes after it. */
    public void end(byte[] frame, Runnable then) {
        boolean done = attempt(() -> {
            ended = true;
            last = frame;
            ready = then;
            return pump(true);
        });
        if (done) {
            tellReady();
        }
    }

    /** The stream is not touched any more, from any thread; what comes is dropped. */
    public synchronized void stop() {
        stopped = true;
        waiting = null;
        ready = null;
    }

    @Override
    public void onWritePossible() {
        if (attempt(() -> pump(true))) {
            tellReady();
            written.run();
        }
    }

    @Override
    public void onError(Throwable failure) {
        broken.run();
    }

    private void tellReady() {
        Runnable told;
        synchronized (this) {
            told = ready;
            ready = null;
        }
        if (told != null) {
            told.run();
        }
    }

    /** Under the lock; a stream that fails is broken, and takes everything from there on. */
    private boolean attempt(Attempt attempt) {
        try {
            synchronized (this) {
                return stopped || attempt.succeeds();
            }
        } catch (IOException | RuntimeException e) {
            broken.run();
            return true;
        }
    }

    /** Writes what waits, in order; false when the stream is not ready, and {@link #onWritePossible} will come. */
    private boolean pump(boolean flush) throws IOException {
        for (byte[] frames = next(); frames != null; frames = next()) {
            if (!out.isReady()) {
                return false;
            }
            taken(frames);
            out.write(frames);
            dirty = true;
        }
        if (dirty && flush && out.isReady()) {
            dirty = false;
            out.flush();
        }
        return !dirty || !flush;
    }

    private boolean isEmpty() {
        return waiting == null && pong == null && ping == null && last == null;
    }

    private byte @Nullable [] next() {
        if (waiting != null) {
            return waiting;
        } else if (pong != null) {
            return pong;
        }
        return ping != null ? ping : last;
    }

    private void taken(byte[] frames) {
        if (frames == waiting) {
            waiting = null;
        } else if (frames == pong) {
            pong = null;
        } else if (frames == ping) {
            ping = null;
        } else {
            last = null;
        }
    }
}
