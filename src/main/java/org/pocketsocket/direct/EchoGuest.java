package org.pocketsocket.direct;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Deflate;
import org.pocketsocket.frame.Frames;

/** Sends every message back in kind: for conformance tools. Reads on when what it sends back has left. */
final class EchoGuest implements Guest {

    private final DirectConnection connection;
    private final @Nullable Deflate deflate;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final Runnable ready = this::next;
    private boolean blocked;

    EchoGuest(DirectConnection connection) {
        this.connection = connection;
        this.deflate = connection.deflate();
    }

    @Override
    public void text(String text) {
        send(Frames.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void binary(byte[] payload) {
        send(Frames.BINARY, payload);
    }

    @Override
    public void heard() {}

    @Override
    public void gone(int code) {}

    @Override
    public synchronized boolean wantsMore() {
        return !blocked;
    }

    private synchronized void send(int opcode, byte[] payload) {
        waiting.add(
                deflate == null
                        ? Frames.of(Frames.FIN | opcode, payload)
                        : Frames.of(Frames.FIN | Frames.RSV1 | opcode, deflate.deflate(payload)));
        if (!blocked) {
            drain();
        }
    }

    private synchronized void next() {
        blocked = false;
        drain();
    }

    private void drain() {
        while (!blocked && !waiting.isEmpty()) {
            byte[] frame = waiting.remove();
            blocked = !connection.write(frame, !waiting.isEmpty(), ready);
        }
    }
}
