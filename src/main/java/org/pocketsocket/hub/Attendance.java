package org.pocketsocket.hub;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.settings.Presence;

/**
 * Tells those who watch a channel, or a room of it, who comes, goes, and changes; when there are too many to be listed, only
 * how many there are, now and then. Who is not watched costs nothing.
 */
final class Attendance {

    /** What {@link #list} says of what nobody is in. */
    static final String NOBODY = "{\"count\":0,\"members\":[]}";

    private final LiveChannel channel;
    private final String room;
    private final Map<Peer, Membership> members;
    private final Outlet outlet;
    private final Set<Peer> watchers = ConcurrentHashMap.newKeySet(0);
    private final AtomicBoolean due = new AtomicBoolean();

    /**
     * @param room empty for the channel itself
     * @param members who is there, now and later
     */
    Attendance(LiveChannel channel, String room, Map<Peer, Membership> members, Outlet outlet) {
        this.channel = channel;
        this.room = room;
        this.members = members;
        this.outlet = outlet;
    }

    private Presence settings() {
        return outlet.settings().presence();
    }

    void watch(Peer peer, boolean on) {
        if (!on || !members.containsKey(peer)) {
            watchers.remove(peer);
            return;
        }
        watchers.add(peer);
        if (!members.containsKey(peer)) {
            watchers.remove(peer); // it went meanwhile
        }
    }

    /** A member has come, or has changed. */
    void changed(String change, Membership who) {
        if (!watchers.isEmpty()) {
            tell(change, who);
        }
    }

    /** A member has gone, and watches no more. */
    void gone(Membership who) {
        watchers.remove(who.peer);
        changed("leave", who);
    }

    private void tell(String change, Membership who) {
        int count = members.size();
        if (count <= settings().list()) {
            send(new Outgoing.Presence(channel.name(), room, change, who.description(), count), Delivery.How.SAFE);
        } else if (due.compareAndSet(false, true)) {
            outlet.timer().accept(settings().pace(), this::count);
        }
    }

    private void count() {
        due.set(false);
        Delivery.How latest = new Delivery.How(Policy.KEEP_LATEST, "socket.presence " + channel.name() + ' ' + room);
        send(new Outgoing.Presence(channel.name(), room, "count", null, members.size()), latest);
    }

    private void send(Outgoing presence, Delivery.How how) {
        channel.voice.put(new Delivery(watchers, presence, Set.of(), how));
    }

    /** Who is here, and how many; as JSON. */
    String list() {
        Collection<Membership> all = members.values();
        int count = members.size();
        StringBuilder json = new StringBuilder("{\"count\":").append(count).append(",\"members\":[");
        if (count <= settings().list()) {
            String separator = "";
            for (Membership member : all) {
                json.append(separator).append(member.description());
                separator = ",";
            }
        }
        return json.append("]}").toString();
    }
}
