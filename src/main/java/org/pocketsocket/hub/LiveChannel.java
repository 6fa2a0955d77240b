package org.pocketsocket.hub;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.hub.ChannelHandler.Call;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;

/** A channel at work: its members, and the lane that brings them its events in one order. */
final class LiveChannel implements ChannelRef {

    /** Members by peer. Concurrent: joining locks nobody, delivering copies nothing. */
    final Map<Peer, Membership> members = new ConcurrentHashMap<>();

    private final String name;
    private final ChannelHandler handler;
    private final Outlet outlet;

    /** The way out: how payloads are written, and where deliveries go. */
    record Outlet(Json json, Consumer<Delivery> lane, Limits limits) {}

    record Limits(int name, int payload) {}

    LiveChannel(String name, ChannelHandler handler, Outlet outlet) {
        this.name = name;
        this.handler = handler;
        this.outlet = outlet;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Collection<Member> members() {
        return List.copyOf(members.values());
    }

    @Override
    public void send(String event, @Nullable Object data) {
        send(members.keySet(), event, data);
    }

    @Override
    public Audience except(Member... others) {
        Set<Peer> except =
                Stream.of(others).map(other -> ((Membership) other).peer).collect(Collectors.toUnmodifiableSet());
        return (event, data) ->
                deliver(new Delivery(members.keySet(), message(event, data), except, handler.whenSlow()));
    }

    void send(Collection<Peer> to, String event, @Nullable Object data) {
        deliver(new Delivery(to, message(event, data), Set.of(), handler.whenSlow()));
    }

    void deliver(Delivery delivery) {
        outlet.lane().accept(delivery);
    }

    /** Asks the handler, and lets the member in. The result greets it. */
    @Nullable
    Object join(Membership member, String data) {
        Object greeting = handler.join(new Call(member, this, "", data));
        if (member.enter()) {
            members.put(member.peer, member);
            return greeting;
        }
        members.remove(member.peer);
        handler.leave(new Call(member, this, "", "{}")); // it went while it was let in
        return greeting;
    }

    @Nullable
    Object event(Membership member, String event, String data) {
        return handler.event(new Call(member, this, event, data));
    }

    /** Ends a membership, once: no events from here on, then the handler is told in the peer's turn. */
    void leave(Membership member) {
        Peer peer = member.peer;
        peer.memberships.remove(name, member);
        if (member.exit()) {
            members.remove(peer);
            peer.turn.leave(() -> Bugs.caught(() -> handler.leave(new Call(member, this, "", "{}"))));
        }
    }

    private Outgoing message(String event, @Nullable Object data) {
        if (event.isEmpty() || event.length() > outlet.limits().name()) {
            throw new IllegalArgumentException(
                    "an event's name has 1 to " + outlet.limits().name() + " characters");
        }
        String json = outlet.json().write(data);
        if (json.length() > outlet.limits().payload()) {
            throw new IllegalArgumentException("the payload of \"" + event + "\" has " + json.length()
                    + " characters of JSON, " + outlet.limits().payload() + " are allowed");
        }
        return new Outgoing.Event(name, event, json);
    }

    @Override
    public String toString() {
        return name;
    }
}
