package org.pocketsocket.hub;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.settings.Settings;

/** Peers that hear each other, without any channel: all who are let in, and not for single channels only. */
final class Crowd {

    private final Settings settings;
    private final Lane lane;
    private final IntSupplier connected;
    private volatile boolean hushed;
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();

    /** @param connected how many peers there are, in the crowd or not */
    Crowd(Settings settings, Lane lane, IntSupplier connected) {
        this.settings = settings;
        this.lane = lane;
        this.connected = connected;
    }

    /** In, which the others are told; or out, which they are not. */
    void enter(Peer peer, boolean hears) {
        if (!hears) {
            peers.remove(peer);
        } else if (peers.add(peer)) { // first: who answers the news is heard
            announce(peer, true);
        }
    }

    /** It is gone: the others are told. */
    void leave(Peer peer) {
        announce(peer, false);
    }

    /** No more for it. */
    void remove(Peer peer) {
        peers.remove(peer);
    }

    /** From now on nobody is told of anybody: all are told to go. */
    void hush() {
        hushed = true;
    }

    /** To all but some, in the order of their arrival here. */
    void relay(Outgoing message, Set<Peer> except) {
        lane.put(new Delivery(peers, message, except, Delivery.How.SAFE));
    }

    private void announce(Peer peer, boolean comes) {
        if (settings.relay() && !hushed && connected.getAsInt() <= settings.announce()) {
            Caller who = peer.caller();
            lane.put(
                    new Delivery( // to those who are here now: who comes while it waits gets nothing
                            List.copyOf(peers),
                            new Outgoing.Announcement(who.address(), who.port(), comes),
                            Set.of(peer),
                            Delivery.How.SAFE));
        }
    }
}
