package org.pocketsocket.hub;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
import org.pocketsocket.hub.ChannelHandler.Call;
import org.pocketsocket.message.Outgoing;

/** A channel at work: its members and rooms, and the lane that brings them its events in one order. */
final class LiveChannel {

    /** Members by peer. Concurrent: joining locks nobody, delivering copies nothing. */
    final Map<Peer, Membership> members = new ConcurrentHashMap<>();

    final Map<String, LiveRoom> rooms = new ConcurrentHashMap<>();
    final Jobs jobs;

    /** Who is in, or about to come in. Guarded by the hub's map. */
    int users;

    private final Route.Match served;
    private final Outlet outlet;
    private final ChannelRef handle;
    private final Lane lane;
    private final AtomicInteger present = new AtomicInteger();
    private final List<Consumer<Outgoing.Event>> tails = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    LiveChannel(Route.Match served, Outlet outlet) {
        this.served = served;
        this.outlet = outlet;
        this.handle = outlet.handle(served.name());
        this.lane = outlet.lanes().lane(served.name());
        this.jobs = newJobs();
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

    Delivery.How how() {
        return new Delivery.How(Policy.of(handler().whenSlow()), null);
    }

    Delivery.How latest(String event, String key) {
        return new Delivery.How(Policy.KEEP_LATEST, name() + '.' + event + ' ' + key);
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

    /** Shows somebody what the channel sends; the result ends that. */
    Runnable tail(Consumer<Outgoing.Event> seen) {
        tails.add(seen);
        return () -> tails.remove(seen);
    }

    private void show(Delivery delivery) {
        if (!tails.isEmpty() && delivery.message() instanceof Outgoing.Event event) {
            tails.forEach(tail -> tail.accept(event));
        }
    }

    /** Into the lane: at once, or after the commit of the transaction this thread is in. */
    void deliver(Delivery delivery) {
        show(delivery);
        if (!outlet.outside().transaction().test(() -> lane.put(delivery))) {
            lane.put(delivery);
        }
    }

    Outgoing message(@Nullable String id, String event, @Nullable Object data) {
        requireName(event);
        String json = Values.write(outlet.json(), data);
        int most = outlet.settings().limits().publication();
        if (json.length() > most) {
            throw new IllegalArgumentException("the payload of \"" + event + "\" has " + json.length()
                    + " characters of JSON, " + most + " are allowed");
        }
        return new Outgoing.Event(id, name(), event, json, data instanceof Envelope.Args);
    }

    void requireName(String name) {
        int most = outlet.settings().limits().name();
        if (name.isEmpty() || name.length() > most) {
            throw new IllegalArgumentException("a name has 1 to " + most + " characters");
        }
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
            deliver(new Delivery(List.of(member.peer), new Outgoing.Left(name()), Set.of(), Delivery.How.SAFE));
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
        requireName(room);
        int most = outlet.settings().limits().rooms();
        if (!member.rooms.contains(room) && member.rooms.size() >= most) {
            throw new Rejection(4429, "too_many", "you are in " + most + " rooms, leave one first");
        }
        member.rooms.add(room);
        rooms.compute(room, (name, known) -> {
            LiveRoom live = known == null ? new LiveRoom(outlet.workers()) : known;
            live.members.put(member.peer, member);
            return live;
        });
        if (member.isOut()) {
            leaveRoom(member, room); // its end went through its rooms before this one was there
        }
    }

    void leaveRoom(Membership member, String room) {
        member.rooms.remove(room);
        rooms.computeIfPresent(room, (name, live) -> {
            live.members.remove(member.peer, member);
            if (live.members.isEmpty()) {
                live.jobs.end();
                return null;
            }
            return live;
        });
    }

    /** Ends all memberships: the channel is no longer served. */
    void end() {
        ended = true;
        List.copyOf(members.values()).forEach(member -> leave(member, Reason.STOPPED));
        jobs.end();
    }
}
