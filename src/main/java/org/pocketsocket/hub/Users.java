package org.pocketsocket.hub;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which peers are which user: found without looking through all. */
final class Users {

    private final Map<String, Set<Peer>> devices = new ConcurrentHashMap<>();

    /** The peers of this user; changes as they come and go. */
    Set<Peer> devices(String user) {
        return Collections.unmodifiableSet(devices.getOrDefault(user, Set.of()));
    }

    int count() {
        return devices.size();
    }

    void add(String user, Peer peer) {
        if (!user.isEmpty()) {
            devices.compute(user, (name, known) -> {
                Set<Peer> peers = known == null ? ConcurrentHashMap.newKeySet() : known;
                peers.add(peer);
                return peers;
            });
        }
    }

    void remove(String user, Peer peer) {
        devices.computeIfPresent(user, (name, peers) -> {
            peers.remove(peer);
            return peers.isEmpty() ? null : peers;
        });
    }
}
