package org.pocketsocket.hub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in a room, who watches them, and what runs for it. */
final class LiveRoom {

    final Map<Peer, Membership> members = new ConcurrentHashMap<>();
    final Jobs jobs;
    final Attendance attendance;

    LiveRoom(LiveChannel channel, String name, Outlet outlet) {
        jobs = new Jobs(outlet.workers());
        attendance = new Attendance(channel, name, members, outlet);
    }
}
