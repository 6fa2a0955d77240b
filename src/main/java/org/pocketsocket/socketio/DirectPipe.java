package org.pocketsocket.socketio;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.direct.DirectConnection;
import org.pocketsocket.direct.Guest;
import org.pocketsocket.message.Parcel;

/** A WebSocket on our own engine. It is there before its connection is: what comes first does not wait for the container. */
final class DirectPipe implements Pipe, Guest {

    private final Engine engine;
    private @Nullable DirectConnection connection;
    private boolean closed;

    DirectPipe(Engine engine) {
        this.engine = engine;
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
        engine.packet(this, text);
    }

    @Override
    public void binary(byte[] payload) {
        try {
            engine.packet(this, engine.revision().readMessage(payload));
        } catch (BadPacket e) {
            engine.gone(this, false);
        }
    }

    @Override
    public void heard() {}

    @Override
    public void gone(boolean clean) {
        engine.gone(this, clean);
    }

    @Override
    public boolean wantsMore() {
        return engine.wantsMore();
    }

    // ---- to the client

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        DirectConnection open = connection();
        return open == null || open.write(Framing.of(parcel, engine.revision()), more, ready);
    }

    @Override
    public void aside(String packets) {
        DirectConnection open = connection();
        if (open != null) {
            open.aside(Framing.of(packets, engine.revision()));
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
