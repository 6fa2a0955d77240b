package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Channels;
import org.pocketsocket.WhenSlow;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.settings.Settings;

/**
 * Where every transport and every channel meet. An edge {@linkplain #connect connects} a peer, hands in what it
 * {@linkplain #receive receives}, and reports the {@linkplain #disconnect end}. Thread-safe. Owns the threads of its
 * lanes and its clock, named {@code pocket-…}; {@link #close} ends them.
 */
public final class Hub implements Channels, AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Settings settings;
    private final Trace trace;
    private final LongSupplier clock;
    private final Lanes lanes;
    private final LiveChannel.Outlet outlet;
    private final Router router;
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
    private final Map<String, LiveChannel> channels = new ConcurrentHashMap<>();
    private final Heartbeat heartbeat;
    private final Wheel wheel;
    private final Clockwork clockwork;
    private volatile boolean closed;

    /** @param clock nanoseconds */
    public Hub(Settings settings, Json json, Trace trace, LongSupplier clock) {
        this.settings = settings;
        this.trace = trace;
        this.clock = clock;
        this.lanes = new Lanes(settings.lanes(), settings.limits());
        this.outlet = new LiveChannel.Outlet(
                json,
                lanes.lane("")::put,
                new LiveChannel.Limits(
                        settings.limits().name(), settings.limits().publication()));
        this.router = new Router(this, json, settings);
        this.wheel = new Wheel(Clockwork.TICK, 512, clock);
        this.heartbeat = new Heartbeat(settings.heartbeat(), wheel, this::disconnect);
        this.clockwork = new Clockwork(wheel);
    }

    /** Lets a handler serve the channel of this name. */
    public void register(String name, ChannelHandler handler) {
        LiveChannel.Outlet own = new LiveChannel.Outlet(outlet.json(), lanes.lane(name)::put, outlet.limits());
        if (channels.putIfAbsent(name, new LiveChannel(name, handler, own)) != null) {
            throw new IllegalArgumentException("channel \"" + name + "\" is served already");
        }
    }

    @Override
    public ChannelRef of(String name) {
        LiveChannel channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("no bean serves a channel \"" + name + "\"");
        }
        return channel;
    }

    @Nullable
    LiveChannel channel(String name) {
        return channels.get(name);
    }

    /** A new peer. Others are told, it is not. */
    public Peer connect(Caller caller, Codec codec, Wire wire) {
        Outbox.Bound bound = new Outbox.Bound(
                settings.limits().outbox(), settings.limits().age().toNanos());
        Peer peer = new Peer(caller, codec, new Outbox(wire, bound, clock), new Peer.Via(wire, trace));
        announce(peer, true);
        peers.add(peer);
        heartbeat.watch(peer);
        trace.connected(caller);
        if (closed) {
            peer.close(Goodbye.GOING_AWAY);
        }
        return peer;
    }

    /** A message from a peer: handled in this thread, when the peer's earlier ones are done. */
    public void receive(Peer peer, Incoming message) {
        peer.heard();
        trace.received(peer.caller(), message.text());
        peer.turn.take(() -> router.route(peer, message));
    }

    /** A peer's transport has ended, for whatever reason. May be called again and again. */
    public void disconnect(Peer peer) {
        if (peer.goes()) {
            peers.remove(peer);
            trace.disconnected(peer.caller());
            List.copyOf(peer.memberships.values()).forEach(Membership::leave);
            announce(peer, false);
        }
    }

    /** To all peers but one, in the order of their arrival here. */
    void relay(Outgoing message, Set<Peer> except) {
        outlet.lane().accept(new Delivery(peers, message, except, WhenSlow.CLOSE));
    }

    private void announce(Peer peer, boolean connected) {
        if (settings.relay() && peers.size() <= settings.announce()) {
            Caller who = peer.caller();
            outlet.lane()
                    .accept(
                            new Delivery( // to those who are here now: who comes while it waits gets nothing
                                    List.copyOf(peers),
                                    new Outgoing.Announcement(who.address(), who.port(), connected),
                                    Set.of(peer),
                                    WhenSlow.CLOSE));
        }
    }

    /** Runs a task once, after this time, give or take 50 ms, on a thread that must not be held up. */
    public void schedule(Duration delay, Runnable task) {
        wheel.after(delay, task);
    }

    /** Who is connected. */
    public Collection<Peer> peers() {
        return List.copyOf(peers);
    }

    /** Says goodbye to every peer, waits a little until they are gone, and ends the threads. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        peers.forEach(peer -> peer.close(Goodbye.GOING_AWAY));
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (!peers.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        peers.forEach(this::disconnect);
        clockwork.close();
        lanes.close();
    }
}
