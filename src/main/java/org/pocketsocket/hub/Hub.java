package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Handshake;
import org.pocketsocket.Notice;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.settings.Settings;

/**
 * Where every transport and every channel meet. An edge {@linkplain #connect connects} a peer, hands in what it
 * {@linkplain #receive receives}, and reports the {@linkplain #disconnect end}. Thread-safe. Owns the threads of its
 * lanes and its clock, named {@code pocket-…}; {@link #close} ends them.
 */
public final class Hub implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Settings settings;
    private final Outside outside;
    private final Lanes lanes;
    private final ChannelMap channels;
    private final Router router;
    private final Outlet outlet;
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();

    /** Those of them that hear each other, without any channel: all who are let in, and not for single channels only. */
    private final Set<Peer> crowd = ConcurrentHashMap.newKeySet();

    private final Users users = new Users();
    private final LateMeter meter = new LateMeter();
    private final Peer.Watch watch;
    private final Wheel wheel;
    private final Heartbeat heartbeat;
    private final Gate gate;
    private final Clockwork clockwork;
    private volatile boolean closed;

    public Hub(Settings settings, Json json, Outside outside) {
        this.settings = settings;
        this.outside = outside;
        this.watch = new Peer.Watch(
                outside.trace(), who -> elsewhere(() -> outside.notices().accept(new Notice.SlowConsumer(who))), meter);
        this.lanes = new Lanes(settings.lanes(), settings.limits(), meter);
        this.wheel = new Wheel(Clockwork.TICK, 512, outside.clock());
        this.outlet = new Outlet(
                settings,
                json,
                outside,
                lanes,
                new Asking(json, this::schedule, settings.limits().asks()),
                new Jobs.Workers(outside.executor(), wheel, settings.limits().jobs()),
                this::find,
                this::release,
                users);
        this.channels = new ChannelMap(match -> new LiveChannel(match, outlet));
        this.router = new Router(this, json, settings);
        this.heartbeat = new Heartbeat(settings.heartbeat(), wheel, peer -> disconnect(peer, Reason.LOST));
        this.gate = new Gate(this, settings.tokens(), wheel, outside);
        this.clockwork = new Clockwork(wheel);
    }

    // ---- channels

    /**
     * Lets a handler serve the channels of this name or pattern; the result ends that.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    public Runnable register(String name, ChannelHandler handler) {
        channels.register(name, handler);
        return () -> channels.remove(name);
    }

    /**
     * The channel of this name.
     *
     * @throws IllegalArgumentException when nobody serves such a channel
     */
    public ChannelRef of(String name) {
        find(name);
        return outlet.handle(name);
    }

    /** A user on all devices, see {@link org.pocketsocket.Channels#user}. */
    public Audience user(String name) {
        return new UserAudience(this, name);
    }

    /** Every role that a channel asks for. */
    public Set<String> roles() {
        return channels.roles();
    }

    LiveChannel find(String name) {
        return channels.find(name);
    }

    /** Whether there is a channel of this name. */
    public boolean isServed(String name) {
        return channels.isServed(name);
    }

    @Nullable
    LiveChannel acquire(String name) {
        return channels.acquire(name);
    }

    void release(LiveChannel channel) {
        channels.release(channel);
    }

    // ---- peers

    /** A new peer. Others are told, it is not. */
    public Peer connect(Handshake handshake, Codec codec, Wire wire) {
        Outbox.Bound bound = new Outbox.Bound(
                settings.limits().outbox(), settings.limits().age().toNanos());
        Peer.Via via = new Peer.Via(wire, watch, bucket(), users);
        Peer peer = new Peer(handshake, codec, new Outbox(wire, bound, outside.clock()), via);
        users.add(handshake.identity().name(), peer);
        peers.add(peer);
        enter(peer);
        gate.watch(peer);
        heartbeat.watch(peer);
        outside.trace().connected(peer.caller());
        outside.notices().accept(new Notice.Connected(peer.id, handshake));
        if (closed) {
            peer.close(Goodbye.GOING_AWAY);
        }
        return peer;
    }

    /** Into the crowd, or out of it: as its token says. */
    void enter(Peer peer) {
        boolean hears = gate.isOpenTo(peer) && peer.pass.scope().everything();
        if (!hears) {
            crowd.remove(peer);
        } else if (!crowd.contains(peer)) {
            announce(peer, true);
            crowd.add(peer);
        }
    }

    /** Who may come in, by which token. */
    public Gate gate() {
        return gate;
    }

    private Bucket bucket() {
        Settings.Limits limits = settings.limits();
        return new Bucket(limits.rate(), limits.burst(), outside.clock().getAsLong());
    }

    /** A message from a peer: handled in this thread, when the peer's earlier ones are done. */
    public void receive(Peer peer, Incoming message) {
        peer.heard();
        outside.trace().received(peer.caller(), message.text());
        meter.received(Parcel.utf8Length(message.text()));
        peer.turn.take(() -> router.route(peer, message));
    }

    /**
     * A peer's transport has ended. May be called again and again.
     *
     * @param reason if it was not we who ended it
     */
    public void disconnect(Peer peer, Reason reason) {
        if (peer.goes(reason)) {
            peers.remove(peer);
            crowd.remove(peer);
            meter.ended(peer.code());
            if (Threads.isOurs()) {
                elsewhere(() -> farewell(peer));
            } else {
                farewell(peer);
            }
        }
    }

    private void farewell(Peer peer) {
        outside.trace().disconnected(peer.caller());
        peer.asks.end();
        List.copyOf(peer.memberships.values())
                .forEach(member -> member.channel().leave(member, peer.reason()));
        announce(peer, false);
        peer.turn.leave(() -> outside.notices().accept(new Notice.Disconnected(peer.id, peer.handshake())));
    }

    /** To all peers but one, in the order of their arrival here. */
    void relay(Outgoing message, Set<Peer> except) {
        lanes.lane("").put(new Delivery(crowd, message, except, Delivery.How.SAFE));
    }

    private void announce(Peer peer, boolean connected) {
        if (settings.relay() && !closed && peers.size() <= settings.announce()) {
            Caller who = peer.caller();
            lanes.lane("")
                    .put(
                            new Delivery( // to those who are here now: who comes while it waits gets nothing
                                    List.copyOf(crowd),
                                    new Outgoing.Announcement(who.address(), who.port(), connected),
                                    Set.of(peer),
                                    Delivery.How.SAFE));
        }
    }

    /** Who is connected. */
    public Collection<Peer> peers() {
        return List.copyOf(peers);
    }

    int users() {
        return users.count();
    }

    Set<Peer> devices(String user) {
        return users.devices(user);
    }

    /** Waits until all that was sent so far lies in its recipients' outboxes: for tests. */
    public void settle() throws InterruptedException {
        lanes.settle();
    }

    /** From here on this counts what happens. */
    public void measure(Meter other) {
        meter.attach(other);
    }

    boolean isAlive() {
        return lanes.isAlive();
    }

    boolean isClosed() {
        return closed;
    }

    Meter meter() {
        return meter;
    }

    /** Who and what is here. */
    public Overview overview() {
        return new Overview(this, channels);
    }

    // ---- time

    long now() {
        return outside.clock().getAsLong();
    }

    /** Runs a task once, after this time, give or take 40 ms. */
    public void schedule(Duration delay, Runnable task) {
        wheel.after(delay, () -> elsewhere(task));
    }

    /** The application's code does not run on our own threads: it would hold up all others. */
    private void elsewhere(Runnable task) {
        try {
            outside.executor().execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // the end of everything: nobody else is waiting
        }
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
        peers.forEach(peer -> disconnect(peer, Reason.STOPPED));
        channels.end();
        clockwork.close();
        lanes.close();
    }
}
