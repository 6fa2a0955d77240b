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

    /** A room that nobody is in, nor ever will be. */
    static LiveRoom nobody() {
        LiveRoom nobody = new LiveRoom(new Jobs.Workers(Runnable::run, Wheel.STOPPED, 1));
        nobody.jobs.end();
        return nobody;
    }
}
