package org.pocketsocket.socketio;

import java.util.ArrayDeque;
import java.util.Queue;
import org.pocketsocket.message.Parcel;

/** Sends every message back in kind: for conformance tools. Reads on when what it sends back has left. */
final class EchoTalk implements Talk {

    private final Engine engine;
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean blocked;

    EchoTalk(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void text(String message) {
        send('4' + message);
    }

    @Override
    public void binary(String base64) {
        send(Revision.BINARY + base64);
    }

    @Override
    public void heard() {}

    @Override
    public void gone(boolean clean) {}

    @Override
    public synchronized boolean wantsMore() {
        return !blocked;
    }

    private synchronized void send(String packet) {
        waiting.add(packet);
        drain();
    }

    private synchronized void ready() {
        blocked = false;
        drain();
    }

    private void drain() {
        while (!blocked && !waiting.isEmpty()) {
            blocked = !engine.write(Parcel.of(waiting.remove()), false, this::ready);
        }
    }
}
