package org.pocketsocket.direct;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The servlet's output stream, guarded: written to only when it is ready, by one thread at a time. Control frames go
 * between the parcels. Callbacks run outside the lock.
 */
final class FrameOutput implements WriteListener {

    private final ServletOutputStream out;
    private final Runnable broken;
    private final Runnable written;

    /** What {@link #write} could not write. At most one: nobody writes before it was told that we are ready. */
    private byte @Nullable [] waiting;

    private @Nullable Runnable ready;

    /** Of pongs only the latest matters (RFC 6455, 5.5.3). */
    private byte @Nullable [] control;

    private byte @Nullable [] last;
    private @Nullable Runnable afterLast;
    private boolean dirty;
    private boolean ended;

    /**
     * @param broken called when the stream failed
     * @param written called, on a container's thread, when it has become ready and what waited was written
     */
    FrameOutput(ServletOutputStream out, Runnable broken, Runnable written) {
        this.out = out;
        this.broken = broken;
        this.written = written;
    }

    /** As {@link org.pocketsocket.hub.Wire#write}. */
    boolean write(byte[] frames, boolean more, Runnable whenReady) {
        try {
            synchronized (this) {
                if (ended) {
                    return true; // dropped, as is all that comes
                }
                waiting = frames;
                ready = whenReady;
                if (!pump(!more)) {
                    return false;
                }
                ready = null;
                return true;
            }
        } catch (IOException | RuntimeException e) {
            broken.run();
            return true;
        }
    }

    /** A ping or a pong: now, or as soon as the stream is ready. */
    void control(byte[] frame) {
        try {
            synchronized (this) {
                control = frame;
                pump(true);
            }
        } catch (IOException | RuntimeException e) {
            broken.run();
        }
    }

    /** The last frame, behind what is being written; nothing comes after it. */
    void end(byte[] frame, Runnable then) {
        boolean done;
        try {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                last = frame;
                afterLast = then;
                done = pump(true);
            }
        } catch (IOException | RuntimeException e) {
            broken.run();
            return;
        }
        if (done) {
            then.run();
        }
    }

    @Override
    public void onWritePossible() {
        Runnable tell;
        try {
            synchronized (this) {
                if (!pump(true)) {
                    return;
                }
                tell = ended ? afterLast : ready;
                ready = null;
                afterLast = null;
            }
        } catch (IOException | RuntimeException e) {
            broken.run();
            return;
        }
        if (tell != null) {
            tell.run();
        }
        written.run();
    }

    @Override
    public void onError(Throwable failure) {
        broken.run();
    }

    /** Writes what waits, in order; false when the stream is not ready, and {@link #onWritePossible} will come. */
    private boolean pump(boolean flush) throws IOException {
        while (waiting != null || control != null || last != null) {
            if (!out.isReady()) {
                return false;
            }
            out.write(next());
            dirty = true;
        }
        if (dirty && flush) {
            if (!out.isReady()) {
                return false;
            }
            dirty = false;
            out.flush();
        }
        return true;
    }

    private byte[] next() {
        byte[] frames = waiting;
        if (frames != null) {
            waiting = null;
            return frames;
        }
        frames = control;
        if (frames != null) {
            control = null;
            return frames;
        }
        frames = last == null ? new byte[0] : last;
        last = null;
        return frames;
    }
}
