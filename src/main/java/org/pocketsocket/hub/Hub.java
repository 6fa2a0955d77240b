package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Handshake;
import org.pocketsocket.Notice;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.history.Page;
import org.pocketsocket.history.Range;
import org.pocketsocket.history.StreamName;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.settings.Settings;

/**
 * Where every transport and every channel meet. An edge {@linkplain #connect connects} a peer, hands in what it {@linkplain
 * #receive receives}, and reports the {@linkplain #disconnect end}. Thread-safe. Owns the threads of its lanes and its clock,
 * named {@code pocket-…}; {@link #close} ends them.
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
    private final Crowd crowd;
    private final Journal journal;
    private final Sessions sessions;
    private final Ends ends;
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
        this.journal = new Journal(outside.archives().apply(settings.history()));
        this.lanes = new Lanes(settings.lanes(), settings.limits(), meter);
        this.wheel = new Wheel(Clockwork.TICK, 512, outside.clock());
        this.sessions = new Sessions(settings.grace(), wheel, this::moved);
        this.ends = new Ends(this, sessions, outside);
        this.watch = new Peer.Watch(outside.trace(), ends::slow, meter);
        this.outlet = new Outlet(
                settings,
                json,
                outside,
                lanes,
                new Asking(json, this::schedule, settings.limits().asks()),
                new Jobs.Workers(outside.executor(), wheel, settings.limits().jobs()),
                this::find,
                this::release,
                users,
                journal,
                new Once<>(settings.history(), outside.clock()),
                this::schedule);
        this.channels = new ChannelMap(match -> new LiveChannel(match, outlet));
        this.crowd = new Crowd(settings, lanes.lane(""), peers::size);
        this.router = new Router(
                this, json, settings, new Commands(this, settings, sessions, new Recall(this, journal, settings)));
        this.heartbeat = new Heartbeat(settings.heartbeat(), wheel, ends::silent);
        this.gate = new Gate(this, settings.tokens(), wheel, outside);
        this.clockwork = new Clockwork(wheel);
    }

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

    ChannelMap channels() {
        return channels;
    }

    void release(LiveChannel channel) {
        channels.release(channel);
    }

    /** A new peer. Others are told, it is not. */
    public Peer connect(Handshake handshake, Codec codec, Wire wire) {
        Settings.Limits limits = settings.limits();
        Outbox.Bound bound = new Outbox.Bound(limits.outbox(), limits.age().toNanos());
        Whereabouts.Line line = new Whereabouts.Line(handshake, wire, new Outbox(wire, bound, outside.clock()));
        Peer peer = new Peer(
                line,
                codec,
                new Peer.Via(watch, new Bucket(limits.rate(), limits.burst(), now()), users, ends::finish));
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
        crowd.enter(peer, gate.isOpenTo(peer) && peer.pass.scope().everything());
    }

    Crowd crowd() {
        return crowd;
    }

    /** Who may come in, by which token. */
    public Gate gate() {
        return gate;
    }

    /** A message from a peer: handled in this thread, when the peer's earlier ones are done. */
    public void receive(Peer edge, Incoming message) {
        Peer peer = edge.where.owner();
        peer.heard();
        outside.trace().received(peer.caller(), message.text());
        meter.received(Parcel.utf8Length(message.text()));
        peer.turn.take(() -> route(edge, peer, message));
    }

    @SuppressWarnings("ReferenceEquality") // a peer is equal to itself only
    private void route(Peer edge, Peer peer, Incoming message) {
        Peer owner = edge.where.owner();
        if (owner != peer) {
            owner.turn.take(() -> route(edge, owner, message)); // it has moved in between
        } else if (peer.where.edge() == edge) { // else it comes from a transport that it has left
            router.route(peer, message);
        }
    }

    /**
     * A peer's transport has ended. May be called again and again.
     *
     * @param reason if it was not we who ended it
     */
    public void disconnect(Peer edge, Reason reason) {
        ends.lost(edge, reason);
    }

    /** From here on it is none of ours. */
    void remove(Peer peer) {
        peers.remove(peer);
        crowd.remove(peer);
    }

    private void moved(Peer fresh, Peer before) {
        ends.moved(fresh, before);
    }

    /** Who is known again when it comes over another transport. */
    public Sessions sessions() {
        return sessions;
    }

    /**
     * What was sent to a channel or room; empty when no history is kept. Who may see it is the caller's to know, and what of
     * it: {@link Page#without}.
     *
     * @throws IllegalArgumentException when nobody serves such a channel
     */
    public Optional<Page> history(StreamName stream, Range range) {
        return Optional.ofNullable(journal.read(find(stream.channel()), stream.room(), range));
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

    /** Waits until all that was sent so far lies in outboxes: for tests. */
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

    long now() {
        return outside.clock().getAsLong();
    }

    /** Runs a task once, after this time, give or take 40 ms. */
    public void schedule(Duration delay, Runnable task) {
        wheel.after(delay, () -> elsewhere(task));
    }

    /** The application's code does not run on our own threads: it would hold up all others. */
    void elsewhere(Runnable task) {
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
        crowd.hush();
        peers.forEach(peer -> peer.close(Goodbye.GOING_AWAY));
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (!peers.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        peers.forEach(peer -> disconnect(peer.where.edge(), Reason.STOPPED));
        channels.end();
        clockwork.close();
        wheel.clear(); // its timers hold on to peers
        lanes.close();
        journal.close();
    }
}
