package org.pocketsocket.websocket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Parcel;

/**
 * Sends over a Jakarta WebSocket session: one text at a time, the next when the container says that it has sent the last.
 * Overlapping sends fail on Tomcat and lose messages on Open Liberty.
 */
final class StandardWire implements Wire, SendHandler {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Session session;
    private final Closing closing;
    private final AtomicInteger steps = new AtomicInteger();
    private Iterator<String> texts = Collections.emptyIterator();
    private @Nullable Runnable ready;
    private volatile @Nullable Runnable broken;

    StandardWire(Session session, Closing closing) {
        this.session = session;
        this.closing = closing;
    }

    void whenBroken(Runnable broken) {
        this.broken = broken;
    }

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable whenReady) {
        texts = parcel.texts().iterator();
        ready = whenReady;
        step();
        return false;
    }

    @Override
    public void onResult(SendResult result) {
        if (result.isOK()) {
            step();
        } else {
            close(new Goodbye(1011, "sending failed"));
        }
    }

    /** One text more, or done. A container may report success before its send returns: then the loop below goes on. */
    private void step() {
        if (steps.getAndIncrement() > 0) {
            return;
        }
        do {
            if (texts.hasNext()) {
                send(texts.next());
            } else {
                Runnable whenReady = ready;
                ready = null;
                run(whenReady);
            }
        } while (steps.decrementAndGet() > 0);
    }

    private void send(String text) {
        try {
            session.getAsyncRemote().sendText(text, this);
        } catch (RuntimeException e) { // closed meanwhile: containers disagree on the exception
            close(new Goodbye(1011, "sending failed"));
        }
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public void ping() {
        try {
            session.getAsyncRemote().sendPing(NOTHING);
        } catch (IOException | RuntimeException e) {
            close(new Goodbye(1011, "sending failed"));
        }
    }

    @Override
    public void close(Goodbye goodbye) {
        closing.close(session, goodbye, () -> run(broken));
    }

    private static void run(@Nullable Runnable callback) {
        if (callback != null) {
            callback.run();
        }
    }
}
