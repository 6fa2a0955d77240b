package org.pocketsocket.socketio;

import java.time.Instant;
import java.util.stream.Collectors;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.servlet.Arrival;

/** A client that speaks Socket.IO 0.9: a peer of the hub, and its wire. It is in the global channel from the beginning. */
final class OldConversation implements Talk, Wire {

    private static final int KICKED = 4001;

    private final Hub hub;
    private final OldSession session;
    private final OldCodec codec;
    private final Peer peer;

    OldConversation(Hub hub, OldSession session, OldCodec codec, Conversation.Arriving from) {
        this.hub = hub;
        this.session = session;
        this.codec = codec;
        this.peer = hub.connect(from.handshake(), codec, this);
        from.token().ifPresent(token -> hub.gate().admit(peer, token));
    }

    /** Into the global channel, if there is one; false when it may not. */
    boolean enter() {
        hub.receive(peer, new Incoming.Join("null", "", "{}", ""));
        return peer.isIn("") || !hub.isServed("");
    }

    // ---- from the client

    @Override
    public void text(String text) {
        try {
            take(OldPacket.read(text), text);
        } catch (BadPacket e) {
            hub.receive(peer, codec.decode(text)); // which says that it is none
        }
    }

    private void take(OldPacket packet, String text) {
        switch (packet.type()) {
            case OldPacket.DISCONNECT -> leave(packet);
            case OldPacket.CONNECT -> connect(packet);
            case OldPacket.HEARTBEAT, OldPacket.ERROR, OldPacket.NOOP -> {} // it lives: that is all
            default -> {
                if (!packet.id().isEmpty() && !packet.asks() && packet.type() != OldPacket.ACK) {
                    acknowledge(packet);
                }
                event(packet, codec.decode(text));
            }
        }
    }

    /** That it came, before anything is done with it (GS-51). */
    private void acknowledge(OldPacket packet) {
        Incoming receipt = new Incoming.Envelope(packet.id(), packet.channel(), "", "", "");
        peer.answer(new Outgoing.Reply(receipt, null, Instant.now()));
    }

    private void event(OldPacket packet, Incoming message) {
        if (packet.type() == OldPacket.EVENT
                && message instanceof Incoming.Envelope event
                && !OldCodec.allows(event.event())) {
            String reason = "an event may not be called \"" + event.event() + '"';
            peer.answer(new Outgoing.Failure(event, 4400, "unallowed_event_name", reason));
        } else if (message instanceof Incoming.Envelope event && !hub.isServed(event.channel())) {
            peer.answer(new Outgoing.Failure(event, 4404, "no_such_namespace", "there is no such namespace"));
        } else {
            hub.receive(peer, message);
        }
    }

    private void connect(OldPacket packet) {
        String channel = packet.channel();
        if (!channel.isEmpty() && !peer.isIn(channel)) {
            String data = Arrival.query(packet.query()).entrySet().stream()
                    .filter(each -> !each.getKey().isEmpty())
                    .map(each -> JsonParts.quote(each.getKey())
                            + ':'
                            + JsonParts.quote(each.getValue().get(0)))
                    .collect(Collectors.joining(",", "{", "}"));
            hub.receive(peer, new Incoming.Join("0", channel, data, packet.data())); // which is answered
        }
    }

    /** The end of the global namespace is the end of all (GS-3). */
    private void leave(OldPacket packet) {
        String channel = packet.channel();
        if (channel.isEmpty()) {
            session.end(true);
        } else if (peer.isIn(channel)) {
            hub.receive(peer, new Incoming.Leave("null", channel, ""));
        }
    }

    @Override
    public void binary(String base64) {}

    @Override
    public void heard() {
        peer.heard();
    }

    @Override
    public void gone(boolean clean) {
        hub.disconnect(peer, clean ? Reason.CLOSED : Reason.LOST);
    }

    @Override
    public boolean wantsMore() {
        return !peer.isBehind();
    }

    // ---- to the client

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        int end = parcel.texts().indexOf(OldSession.GONE);
        if (end < 0) {
            return session.write(parcel, more, ready);
        }
        session.write(new Parcel(parcel.texts().subList(0, end)), false, () -> {});
        session.putOut();
        return true;
    }

    @Override
    public String transport() {
        return session.isPolling() ? "socketio09-polling" : "socketio09-websocket";
    }

    /** The session has its own heartbeat. */
    @Override
    public void ping() {
        peer.heard();
    }

    @Override
    public void close(Goodbye goodbye) {
        if (goodbye.code() == KICKED) {
            session.putOut();
        } else {
            session.end(false);
        }
    }
}
