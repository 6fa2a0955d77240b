package org.pocketsocket.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Threads;

/** The response to a request that no thread waits for: written to without blocking, completed once. */
public final class Answer implements AsyncListener {

    private final AsyncContext request;
    private final AsyncOutput out;
    private final Runnable broken;
    private final AtomicBoolean completed = new AtomicBoolean();

    /** The one that the request came on, as long as it serves it. */
    private volatile @Nullable Thread serving = Thread.currentThread();

    /**
     * From here on the request outlives its thread. Status and headers are set already.
     *
     * @param broken called when the connection turns out to be gone before it was answered
     */
    public Answer(HttpServletRequest http, Runnable broken) throws IOException {
        this.broken = broken;
        request = http.startAsync();
        request.setTimeout(0); // the hub's heartbeat ends what is held
        request.addListener(this);
        ServletOutputStream stream = request.getResponse().getOutputStream();
        out = new AsyncOutput(stream, this::fail, () -> {});
        stream.setWriteListener(out);
    }

    /** The thread that the request came on goes: to be called at the end. */
    public void leave() {
        serving = null;
    }

    /** As {@link org.pocketsocket.hub.Wire#write}. */
    public boolean write(byte[] bytes, Runnable ready) {
        return out.write(bytes, false, ready);
    }

    /** Now or as soon as it can be; the next one may take its place. */
    public void ping(byte[] bytes) {
        out.ping(bytes);
    }

    /** The last bytes. */
    public void end(byte[] bytes) {
        out.end(bytes, this::complete);
    }

    private void fail() {
        broken.run();
        out.stop();
        complete();
    }

    private void complete() {
        if (!completed.compareAndSet(false, true)) {
            return;
        } else if (Threads.isOurs() || Thread.currentThread() == serving) {
            finish();
        } else {
            finishElsewhere();
        }
    }

    /** Who ends a request while serving another one loses that one's scopes on Payara. */
    private void finishElsewhere() {
        try {
            request.start(this::finish);
        } catch (RuntimeException e) {
            finish(); // the server stops, and has no threads to lend
        }
    }

    private void finish() {
        try {
            request.complete();
        } catch (IllegalStateException e) {
            // the container had done so itself
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        out.stop();
        if (completed.compareAndSet(false, true)) {
            broken.run();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        fail();
    }

    @Override
    public void onError(AsyncEvent event) {
        fail();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it is started once
    }
}
