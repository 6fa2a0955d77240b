package org.pocketsocket.hub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in a room, and what runs for it. */
final class LiveRoom {

    final Map<Peer, Membership> members = new ConcurrentHashMap<>();
    final Jobs jobs;

    LiveRoom(Jobs.Workers workers) {
        jobs = new Jobs(workers);
    }
}
