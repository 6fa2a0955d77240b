package org.pocketsocket.socketio;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.servlet.Arrival;

/** The namespaces of one client: how it comes into them, back into them, and out. One call at a time. */
final class Namespaces {

    private final Hub hub;
    private final Conversation.Terms terms;
    private final SocketIoCodec codec;
    private final Peer peer;
    private final Runnable end;
    private final AtomicReference<@Nullable Recovery> recovery;

    Namespaces(Conversation of, Conversation.House house, SocketIoCodec codec) {
        this.hub = house.hub();
        this.terms = house.terms();
        this.codec = codec;
        this.peer = of.peer();
        this.end = of.end();
        this.recovery = of.recovery();
    }

    /** The client asks for one. In revision 3 it may do that again. */
    void connect(Packet packet) {
        Incoming.Join join = join(packet);
        if (isIn(SocketIoCodec.namespace(join.channel()))) {
            if (codec.revision() == Revision.FOUR) {
                throw new BadPacket("a second time in one namespace");
            }
            return;
        }
        try {
            show(join);
            if (!isRecoverable()) {
                hub.receive(peer, join);
            } else if (!resume(join)) {
                recoverable(join);
            }
        } catch (Rejection no) {
            peer.answer(new Outgoing.Failure(join, no.code(), no.error(), no.reason()));
        }
    }

    /** As far as the client knows. */
    private boolean isIn(String namespace) {
        Recovery known = recovery.get();
        return peer.isIn(SocketIoCodec.channel(namespace)) && (known == null || known.isOpen(namespace));
    }

    /** Clients of revision 3 put into the address what others put into the packet. */
    private Incoming.Join join(Packet packet) {
        String[] address = packet.namespace().split("\\?", 2);
        String data = address.length == 1 ? packet.data() : parameters(address[1]);
        String channel = SocketIoCodec.channel(address[0]);
        return new Incoming.Join(JsonParts.quote(peer.id()), channel, data.isEmpty() ? "{}" : data, packet.data());
    }

    private static String parameters(String query) {
        return Arrival.query(query).entrySet().stream()
                .map(each -> JsonParts.quote(each.getKey())
                        + ':'
                        + JsonParts.quote(each.getValue().get(0)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The token that the client may have sent along. */
    private void show(Incoming.Join join) {
        String token = terms.tokens() ? text(join, "token") : null;
        if (token != null) {
            hub.gate().show(peer, token);
        } else if (!hub.gate().isOpenTo(peer)) {
            throw new Rejection(4401, "unauthorized", "show a token first");
        }
    }

    private static @Nullable String text(Incoming.Join join, String name) {
        String json = JsonParts.object(join.data()).get(name);
        return json != null && json.charAt(0) == '"' ? JsonParts.unquote(json) : null;
    }

    void leave(String namespace) {
        Recovery known = recovery.get();
        if (known != null) {
            known.leave(namespace);
        }
        String channel = SocketIoCodec.channel(namespace);
        if (peer.isIn(channel)) {
            hub.receive(peer, new Incoming.Leave("null", channel, ""));
        }
    }

    // ---- connection state recovery

    private boolean isRecoverable() {
        return terms.recovery() > 0 && codec.revision() == Revision.FOUR;
    }

    /** Lets it in. If it was there before, what it missed is lost. */
    private void recoverable(Incoming.Join join) {
        String namespace = SocketIoCodec.namespace(join.channel());
        leave(namespace);
        Recovery known = recovery.get();
        if (known == null) {
            known = new Recovery(hub.sessions().keep(peer), terms.recovery(), end);
            recovery.set(known);
        }
        hub.receive(peer, named(join, peer.id(), known.join(namespace)));
    }

    /** With what its client is to say when it comes back. */
    private static Incoming.Join named(Incoming.Join join, String sid, String pid) {
        String id = JsonParts.quote(sid) + ",\"pid\":" + JsonParts.quote(pid);
        return new Incoming.Join(id, join.channel(), join.data(), join.text());
    }

    /** Goes on where it was, if it says where, and can have all that it missed. */
    private boolean resume(Incoming.Join join) {
        Recovery known = recovery.get();
        String pid = text(join, "pid");
        if (pid == null) {
            return false;
        } else if (known == null) {
            return resume(join, pid);
        }
        boolean back = peer.isIn(join.channel()) && isWhole(known, join, pid);
        if (back) {
            peer.answer(welcome(join, peer.id(), pid));
        }
        return back;
    }

    private boolean resume(Incoming.Join join, String pid) {
        boolean back = hub.sessions().resume(peer, Recovery.secret(pid), before -> goOn(before, join, pid));
        if (!back) {
            recovery.set(null);
        }
        return back;
    }

    private boolean isWhole(Recovery known, Incoming.Join join, String pid) {
        return known.resume(end, SocketIoCodec.namespace(join.channel()), pid, text(join, "offset"));
    }

    /** As the peer that had another connection; empty when it cannot. */
    private Optional<Parcel> goOn(Wire before, Incoming.Join join, String pid) {
        Conversation old = (Conversation) before;
        Recovery known = old.recovery().get();
        if (known == null || !isWhole(known, join, pid)) {
            return Optional.empty();
        }
        recovery.set(known);
        hub.schedule(terms.connect(), () -> known.waiting(end).forEach(this::leave));
        return Optional.of(Parcel.of(codec.encode(welcome(join, old.peer().id(), pid))));
    }

    private static Outgoing welcome(Incoming.Join join, String sid, String pid) {
        return new Outgoing.Reply(named(join, sid, pid), null, Instant.now());
    }
}
