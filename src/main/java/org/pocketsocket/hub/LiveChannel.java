package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Access;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Envelope;
import org.pocketsocket.Member;
import org.pocketsocket.Notice;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.Room;
import org.pocketsocket.history.Terms;
import org.pocketsocket.hub.ChannelHandler.Call;
import org.pocketsocket.message.Outgoing;

/** A channel at work: its members and rooms. */
final class LiveChannel {

    /** Members by peer. Concurrent: joining locks nobody, delivering copies nothing. */
    final Map<Peer, Membership> members = new ConcurrentHashMap<>();

    final Map<String, LiveRoom> rooms = new ConcurrentHashMap<>();
    final Jobs jobs;
    final Voice voice;
    final Attendance attendance;

    /** Who is in, or about to come in. Guarded by the hub's map. */
    int users;

    private final Route.Match served;
    private final Outlet outlet;
    private final ChannelRef handle;
    private final AtomicInteger present = new AtomicInteger();
    private final Terms standard;
    private final boolean isKept;
    private volatile boolean ended;

    LiveChannel(Route.Match served, Outlet outlet) {
        this.served = served;
        this.outlet = outlet;
        this.handle = outlet.handle(served.name());
        this.jobs = newJobs();
        this.voice = new Voice(this, outlet);
        this.attendance = new Attendance(this, "", members, outlet);
        this.standard = new Terms(
                outlet.settings().history().size(), outlet.settings().history().ttl());
        this.isKept = outlet.settings().history().channels().contains(served.pattern());
    }

    String name() {
        return served.name();
    }

    Map<String, String> variables() {
        return served.variables();
    }

    ChannelHandler handler() {
        return served.handler();
    }

    Access access() {
        return new LiveAccess(handler().access());
    }

    Asking asking() {
        return outlet.asking();
    }

    Duration askTimeout() {
        return outlet.settings().limits().ask();
    }

    Jobs newJobs() {
        return new Jobs(outlet.workers());
    }

    @Nullable
    Membership member(Peer peer) {
        return members.get(peer);
    }

    /** Those members who are this user. */
    Set<Peer> devices(String user) {
        return outlet.users().devices(user).stream()
                .filter(members::containsKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Set<Peer> peers(Member... members) {
        return Stream.of(members).map(member -> ((Membership) member).peer).collect(Collectors.toUnmodifiableSet());
    }

    /** How much of a room, or of the channel itself, is kept; null for nothing. */
    @Nullable
    Terms terms(String room) {
        Terms asked = handler().history(room);
        if (asked == null) {
            return isKept ? standard : null;
        }
        return asked.or(standard);
    }

    /** Who is in a room, or in the channel itself; null when nobody is there. */
    @Nullable
    Attendance attendanceIn(String room) {
        LiveRoom live = rooms.get(room);
        return room.isEmpty() ? attendance : live == null ? null : live.attendance;
    }

    /** The same for members; null, too, when the channel tells them nothing. */
    @Nullable
    Attendance attendance(String room) {
        return handler().presence(room) ? attendanceIn(room) : null;
    }

    /** A member has changed: in all of its rooms. */
    void changed(Membership member) {
        Stream.concat(Stream.of(""), member.rooms.stream())
                .map(this::attendance)
                .flatMap(Stream::ofNullable)
                .forEach(each -> each.changed("update", member));
    }

    /** Which streams with history a member is in: rooms, and the channel itself as the one without a name. */
    List<String> streamsOf(Membership member) {
        return Stream.concat(Stream.of(""), member.rooms.stream())
                .filter(room -> terms(room) != null)
                .toList();
    }

    /** Tells the handler that a member cannot have what it missed. */
    void missed(Membership member, String room) {
        Room what = room.isEmpty() ? handle : handle.room(room);
        Bugs.caught(() -> handler().missed(call(member, "{}"), what));
    }

    /** Who is in a room, or in the channel itself, from now on. */
    Collection<Peer> crowd(String room) {
        if (room.isEmpty()) {
            return members.keySet();
        }
        LiveRoom live = rooms.get(room);
        return live == null ? List.of() : live.members.keySet();
    }

    /** The one of this name that is at work. */
    LiveChannel current() {
        return ended ? this : outlet.finder().apply(name());
    }

    /** Asks the handler, and lets the member in. The result greets it. */
    @Nullable
    Object join(Membership member, String data) {
        Object greeting = handler().join(call(member, data));
        if (member.enter()) {
            members.put(member.peer, member);
            if (member.isOut()) {
                members.remove(member.peer, member); // its end came before it was there
            }
            if (present.incrementAndGet() == 1) {
                outlet.outside().notices().accept(new Notice.Occupied(handle));
            }
            attendance.changed("join", member);
            outlet.outside().notices().accept(new Notice.Joined(handle, member));
            if (ended) {
                leave(member, Reason.STOPPED); // the channel's end came before it was there
            }
        } else {
            Bugs.caught(() -> handler().leave(call(member, "{}"), Reason.LOST)); // it went while it was let in
        }
        return greeting;
    }

    /** As {@link #leave}; its client hears of it, behind all that was sent to it before. */
    void putOut(Membership member) {
        if (!member.isOut()) {
            voice.deliver(new Delivery(List.of(member.peer), new Outgoing.Left(name()), Set.of(), Delivery.How.SAFE));
        }
        leave(member, Reason.LEFT);
    }

    /** Ends a membership, once: no events from here on, then the handler is told in the peer's turn. */
    void leave(Membership member, Reason reason) {
        Peer peer = member.peer;
        if (!peer.memberships.remove(name(), member)) {
            return;
        }
        boolean wasIn = member.exit();
        members.remove(peer, member);
        member.rooms.forEach(room -> leaveRoom(member, room));
        member.jobs.end();
        if (wasIn) {
            attendance.gone(member);
            boolean vacated = present.decrementAndGet() == 0;
            peer.turn.leave(() -> Bugs.caught(() -> tell(member, reason, vacated)));
        }
        outlet.release().accept(this);
    }

    private void tell(Membership member, Reason reason, boolean vacated) {
        try {
            handler().leave(call(member, "{}"), reason);
        } finally {
            outlet.outside().notices().accept(new Notice.Left(handle, member, reason));
            if (vacated) {
                outlet.outside().notices().accept(new Notice.Vacated(handle));
            }
        }
    }

    private Call call(Membership member, String data) {
        return new Call(member, handle, new Envelope("null", name(), "", data, false));
    }

    @Nullable
    Object event(Membership member, Envelope envelope) {
        return handler().event(new Call(member, handle, envelope));
    }

    void joinRoom(Membership member, String room) {
        voice.requireName(room);
        int most = outlet.settings().limits().rooms();
        if (!member.rooms.contains(room) && member.rooms.size() >= most) {
            throw new Rejection(4429, "too_many", "you are in " + most + " rooms, leave one first");
        }
        boolean fresh = member.rooms.add(room);
        LiveRoom live = rooms.compute(room, (name, known) -> {
            LiveRoom there = known == null ? new LiveRoom(this, room, outlet) : known;
            there.members.put(member.peer, member);
            return there;
        });
        if (fresh && live != null) {
            live.attendance.changed("join", member);
        }
        if (member.isOut()) {
            leaveRoom(member, room); // its end went through its rooms before this one was there
        }
    }

    void leaveRoom(Membership member, String room) {
        member.rooms.remove(room);
        LiveRoom there = rooms.get(room);
        boolean left = there != null && there.members.remove(member.peer, member);
        rooms.computeIfPresent(room, (name, live) -> {
            if (live.members.isEmpty()) {
                live.jobs.end();
                return null;
            }
            return live;
        });
        if (there != null && left) {
            there.attendance.gone(member); // not in there: it may have to wait for the lane
        }
    }

    /** Ends all memberships: the channel is no longer served. */
    void end() {
        ended = true;
        List.copyOf(members.values()).forEach(member -> leave(member, Reason.STOPPED));
        jobs.end();
    }
}
