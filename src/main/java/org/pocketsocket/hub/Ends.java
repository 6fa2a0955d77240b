package org.pocketsocket.hub;

import java.util.List;
import org.pocketsocket.Handshake;
import org.pocketsocket.Notice;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.security.Token;

/** What becomes of peers whose transports end: they are away for a while, or they are gone, which everybody is told once. */
final class Ends {

    private final Hub hub;
    private final Sessions sessions;
    private final Outside outside;

    Ends(Hub hub, Sessions sessions, Outside outside) {
        this.hub = hub;
        this.sessions = sessions;
        this.outside = outside;
    }

    /** The transport has ended that a peer came with. */
    void lost(Peer edge, Reason why) {
        Peer peer = edge.where.owner();
        boolean waits = why == Reason.LOST && sessions.mayWait(peer);
        switch (peer.where.lost(edge, waits ? sessions.queue() : -1)) {
            case AWAY -> sessions.await(peer, () -> finish(peer));
            case GONE -> gone(peer, why);
            case MOVED -> lost(edge, why); // in between
            case NOTHING -> {}
        }
    }

    /** No sign of life comes from it. */
    void silent(Peer peer) {
        Wire wire = peer.wire();
        peer.say(Goodbye.LOST);
        lost(peer.where.edge(), Reason.LOST);
        wire.close(Goodbye.LOST);
    }

    /** One that is away does not come back. */
    void finish(Peer peer) {
        if (peer.where.end()) {
            gone(peer, Reason.LOST);
        }
    }

    private void gone(Peer peer, Reason why) {
        peer.gone(why);
        hub.remove(peer);
        sessions.forget(peer);
        hub.meter().ended(peer.code());
        if (Threads.isOurs()) {
            hub.elsewhere(() -> farewell(peer));
        } else {
            farewell(peer);
        }
    }

    private void farewell(Peer peer) {
        outside.trace().disconnected(peer.caller());
        peer.asks.end();
        List.copyOf(peer.memberships.values())
                .forEach(member -> member.channel().leave(member, peer.reason()));
        hub.crowd().leave(peer);
        peer.turn.leave(() -> outside.notices().accept(new Notice.Disconnected(peer.id, peer.handshake())));
    }

    /** A peer turned out to be one that was here before, which has its transport now. */
    void moved(Peer fresh, Peer before) {
        hub.remove(fresh);
        hub.crowd().leave(fresh);
        outside.notices().accept(new Notice.Disconnected(fresh.id, fresh.handshake()));
        Token token = fresh.pass.token();
        if (token != null) {
            hub.gate().admit(before, token);
        }
    }

    /** It was put out because it read too slowly. */
    void slow(Handshake who) {
        hub.elsewhere(() -> outside.notices().accept(new Notice.SlowConsumer(who)));
    }
}
