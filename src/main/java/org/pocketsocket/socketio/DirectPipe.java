package org.pocketsocket.socketio;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.direct.DirectConnection;
import org.pocketsocket.direct.Guest;
import org.pocketsocket.frame.Close;
import org.pocketsocket.message.Parcel;

/** A WebSocket on our own engine. It is there before its connection is: what comes first does not wait for the container. */
final class DirectPipe implements Pipe, Guest {

    private final Ears ears;
    private @Nullable DirectConnection connection;
    private boolean closed;

    DirectPipe(Ears ears) {
        this.ears = ears;
    }

    /** Its connection, which may have been closed meanwhile. */
    DirectPipe on(DirectConnection opened) {
        boolean late;
        synchronized (this) {
            connection = opened;
            late = closed;
        }
        if (late) {
            opened.close(1000, "");
        }
        return this;
    }

    private synchronized @Nullable DirectConnection connection() {
        return connection;
    }

    // ---- from the client

    @Override
    public void text(String text) {
        ears.text(this, text);
    }

    @Override
    public void binary(byte[] payload) {
        ears.binary(this, payload);
    }

    @Override
    public void heard() {}

    /** Clean is what says so: a client that closes without a word may mean to come back. */
    @Override
    public void gone(int code) {
        ears.gone(this, code == Close.NORMAL || code == Close.GOING_AWAY);
    }

    @Override
    public boolean wantsMore() {
        return ears.wantsMore();
    }

    // ---- to the client

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        DirectConnection open = connection();
        return open == null || open.write(ears.frames(parcel), more, ready);
    }

    @Override
    public void aside(String packets) {
        DirectConnection open = connection();
        if (open != null) {
            open.aside(ears.frames(packets));
        }
    }

    @Override
    public void close(int code, String reason) {
        DirectConnection open;
        synchronized (this) {
            closed = true;
            open = connection;
        }
        if (open != null) {
            open.close(code, reason);
        }
    }
}
