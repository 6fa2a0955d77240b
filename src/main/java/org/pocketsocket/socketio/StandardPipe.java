package org.pocketsocket.socketio;

import static java.util.Objects.requireNonNull;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * A WebSocket on the server's own engine, where ours cannot serve. One message at a time is on its way, as containers
 * want it; the lock guards what waits for that.
 */
public final class StandardPipe extends Endpoint implements Pipe {

    /** How long the other side may take to take our close, in milliseconds. */
    private static final long FAREWELL = 1000;

    private final Queue<Object> waiting = new ArrayDeque<>(); // texts, bytes, and at last a reason to close
    private final AtomicInteger calls = new AtomicInteger();
    private @Nullable Runnable ready;
    private boolean busy;
    private boolean closing;
    private volatile @Nullable Ears ears;
    private volatile @Nullable Session session;

    /** Who hears what it brings; to be said when it is open, once. */
    void on(Ears listener) {
        ears = listener;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        opened.setMaxIdleTimeout(0);
        StandardDoor.Ticket ticket = StandardDoor.ticket(opened);
        opened.setMaxTextMessageBufferSize(ticket.most());
        opened.setMaxBinaryMessageBufferSize(ticket.most());
        try {
            ticket.use().accept(this);
        } catch (No.Thrown thrown) {
            close(CloseCodes.TRY_AGAIN_LATER.getCode(), thrown.no().name());
            return;
        }
        Ears listener = requireNonNull(ears);
        opened.addMessageHandler(String.class, text -> listener.text(this, text));
        opened.addMessageHandler(byte[].class, bytes -> listener.binary(this, bytes));
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        gone(reason.getCloseCode() == CloseCodes.NORMAL_CLOSURE || reason.getCloseCode() == CloseCodes.GOING_AWAY);
    }

    @Override
    public void onError(Session failed, Throwable failure) {
        if (!failed.isOpen()) {
            gone(false);
        }
    }

    private void gone(boolean clean) {
        Ears listener = ears;
        if (listener != null) {
            listener.gone(this, clean);
        }
    }

    // ---- to the client

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable whenReady) {
        List<Object> messages = requireNonNull(ears).messages(parcel);
        if (messages.isEmpty()) {
            return true;
        }
        synchronized (this) {
            ready = whenReady;
        }
        queue(messages);
        return false;
    }

    @Override
    public void aside(String packets) {
        queue(requireNonNull(ears).messages(Parcel.of(packets)));
    }

    /** Behind what waits, but soon in any case. */
    @Override
    public void close(int code, String reason) {
        queue(List.of(new CloseReason(CloseCodes.getCloseCode(code), reason)));
        Session open = session;
        if (open != null && open.isOpen()) {
            open.setMaxIdleTimeout(FAREWELL); // some servers wait for who does not read, for ever
        }
    }

    private void queue(Collection<Object> messages) {
        synchronized (this) {
            if (closing) {
                return;
            }
            waiting.addAll(messages);
        }
        pump();
    }

    /** By a loop: some servers say within the call that a message was sent. */
    private void pump() {
        if (calls.getAndIncrement() == 0) {
            do {
                next();
            } while (calls.decrementAndGet() > 0);
        }
    }

    private void next() {
        Object message;
        Runnable then = null;
        synchronized (this) {
            message = busy || closing ? null : waiting.poll();
            if (message == null && !busy) {
                then = ready;
                ready = null;
            }
            busy = busy || message != null;
            closing = closing || message instanceof CloseReason;
        }
        if (message != null) {
            send(message);
        } else if (then != null) {
            then.run();
        }
    }

    private void send(Object message) {
        Session open = requireNonNull(session);
        try {
            if (message instanceof String text) {
                open.getAsyncRemote().sendText(text, this::sent);
            } else if (message instanceof byte[] bytes) {
                open.getAsyncRemote().sendBinary(ByteBuffer.wrap(bytes), this::sent);
            } else {
                open.close((CloseReason) message);
            }
        } catch (IOException | RuntimeException e) { // closed meanwhile: containers disagree on the exception
            gone(false);
        }
    }

    private void sent(SendResult result) {
        if (result.isOK()) {
            synchronized (this) {
                busy = false;
            }
            pump();
        } else {
            gone(false);
        }
    }
}
