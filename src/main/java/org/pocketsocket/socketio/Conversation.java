package org.pocketsocket.socketio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.security.Token;

/** A client that speaks Socket.IO over an engine: a peer of the hub, and its wire. */
final class Conversation implements Talk, Wire {

    private static final int KICKED = 4001;
    private static final String CONNECTED = "40";

    private final House house;
    private final Engine engine;
    private final SocketIoCodec codec;
    private final Runnable end;
    private final Peer peer;
    private final AtomicReference<@Nullable Recovery> recovery = new AtomicReference<>();
    private final Namespaces namespaces;
    private volatile boolean connected; // once, to any namespace
    private @Nullable Attachments awaited;

    /** What all conversations share. */
    record House(Hub hub, Terms terms) {}

    /**
     * @param connect how long a client may take to ask for a namespace
     * @param tokens whether tokens can be checked
     * @param recovery characters that are kept for who may come back; 0: nobody may
     */
    record Terms(Duration connect, boolean tokens, int recovery) {}

    Conversation(House house, Engine engine, SocketIoCodec codec, Arriving from) {
        this.house = house;
        this.engine = engine;
        this.codec = codec;
        this.end = () -> engine.end(false);
        this.peer = house.hub.connect(from.handshake(), codec, this);
        this.namespaces = new Namespaces(this, house, codec);
        from.token().ifPresent(token -> house.hub.gate().admit(peer, token));
    }

    /** Who comes. */
    record Arriving(Handshake handshake, Optional<Token> token) {}

    /** To be called once, when the engine has begun. Clients of revision 3 are in the main namespace without asking. */
    void begin() {
        if (engine.revision() == Revision.THREE) {
            connect(new Packet(Packet.CONNECT, 0, Packet.MAIN, -1, ""));
        }
        house.hub.schedule(house.terms.connect, () -> {
            if (!connected) {
                engine.end(false);
            }
        });
    }

    // ---- from the client

    @Override
    public void text(String message) {
        Packet packet = Packet.read(message, codec.depth());
        if (awaited != null) {
            throw new BadPacket("text where an attachment was announced");
        } else if (packet.attachments() > 0) {
            awaited = new Attachments(packet);
        } else {
            take(packet);
        }
    }

    @Override
    public void binary(String base64) {
        Attachments waiting = awaited;
        if (waiting == null) {
            throw new BadPacket("an attachment that was not announced");
        } else if (waiting.add(base64).isComplete()) {
            awaited = null;
            take(waiting.whole());
        }
    }

    private void take(Packet packet) {
        switch (packet.type()) {
            case Packet.CONNECT -> connect(packet);
            case Packet.DISCONNECT -> namespaces.leave(packet.namespace());
            case Packet.EVENT, Packet.BINARY_EVENT -> event(packet);
            case Packet.ACK, Packet.BINARY_ACK -> answer(packet);
            default -> throw new BadPacket("a packet that only a server sends");
        }
    }

    private void connect(Packet packet) {
        connected = true;
        namespaces.connect(packet);
    }

    private void event(Packet packet) {
        if (!isFor(packet)) {
            return;
        }
        Incoming message = codec.event(packet);
        if (message instanceof Incoming.Envelope event && SocketIoCodec.RESERVED.contains(event.event())) {
            peer.answer(new Outgoing.Failure(
                    event, 4400, "unallowed_event_name", "\"" + event.event() + "\" is not for clients to send"));
        } else {
            house.hub.receive(peer, message);
        }
    }

    private void answer(Packet packet) {
        if (isFor(packet)) {
            house.hub.receive(peer, codec.answer(packet));
        }
    }

    /** Whether it is in that namespace. If it was put out just now it may not know yet. */
    private boolean isFor(Packet packet) {
        if (!connected) {
            throw new BadPacket("an event without a namespace");
        }
        return peer.isIn(SocketIoCodec.channel(packet.namespace()));
    }

    @Override
    public void heard() {
        peer.heard();
    }

    @Override
    public void gone(boolean clean) {
        house.hub.disconnect(peer, clean ? Reason.CLOSED : Reason.LOST);
    }

    @Override
    public boolean mayReturn() {
        return recovery.get() != null && !peer.channels().isEmpty();
    }

    @Override
    public boolean wantsMore() {
        return !peer.isBehind();
    }

    Peer peer() {
        return peer;
    }

    /** What it may come back to; null: nothing yet. */
    AtomicReference<@Nullable Recovery> recovery() {
        return recovery;
    }

    /** Ends it; always the same. */
    Runnable end() {
        return end;
    }

    // ---- to the client

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        Recovery known = recovery.get();
        Parcel now = known == null ? parcel : known.write(end, parcel);
        if (now.texts().isEmpty()) {
            return true;
        }
        boolean free = engine.write(now, more, ready);
        if (free && now.texts().get(0).startsWith(CONNECTED)) {
            engine.pause();
        }
        return free;
    }

    @Override
    public String transport() {
        return engine.isPolling() ? "socketio-polling" : "socketio-websocket";
    }

    /** The engine has its own heartbeat. */
    @Override
    public void ping() {
        peer.heard();
    }

    /** Who is put out is told so in each namespace, and does not come back by itself. */
    @Override
    public void close(Goodbye goodbye) {
        String packets = goodbye.code() != KICKED
                ? ""
                : peer.channels().stream()
                        .map(channel -> codec.encode(new Outgoing.Left(channel)))
                        .collect(Collectors.joining(String.valueOf(Revision.SEPARATOR)));
        engine.end(goodbye.code(), goodbye.reason(), packets);
    }
}
