package org.pocketsocket.hub;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Access;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.JsonParts;

/** A peer in a channel. */
final class Membership implements Member {

    private enum State {
        JOINING,
        IN,
        OUT
    }

    final Peer peer;
    final Set<String> rooms = ConcurrentHashMap.newKeySet(0);
    final Jobs jobs;
    private final LiveChannel channel;
    private final Access access;
    private final Bag bag = new Bag();
    private volatile String shown = "{}";
    private final List<Delivery> early = new ArrayList<>(0);
    private boolean settled; // guarded by early
    private final AtomicReference<State> state = new AtomicReference<>(State.JOINING);

    Membership(Peer peer, LiveChannel channel) {
        this.peer = peer;
        this.channel = channel;
        this.access = channel.access();
        this.jobs = channel.newJobs();
    }

    LiveChannel channel() {
        return channel;
    }

    /** From joining to in; false when it is gone already. */
    boolean enter() {
        return state.compareAndSet(State.JOINING, State.IN);
    }

    /** Out, for good; true for the one who took it from in to out. */
    boolean exit() {
        return state.getAndSet(State.OUT) == State.IN;
    }

    /** Ends it; its client knows. */
    void end(Reason reason) {
        channel.leave(this, reason);
    }

    boolean isOut() {
        return state.get() == State.OUT;
    }

    /** It asked for what it missed of a room, or of the channel itself, and cannot have it: the channel is told, in its turn. */
    void missed(String room) {
        peer.turn.leave(() -> channel.missed(this, room));
    }

    /** Says no unless it is in this room; everybody is in the channel itself. */
    void requireIn(String room) {
        if (!room.isEmpty() && !rooms.contains(room)) {
            throw new Rejection(4403, "method_access_denied", "you are not in room \"" + room + "\"");
        }
    }

    /** What others see of it. */
    String description() {
        return "{\"id\":" + JsonParts.quote(peer.id) + ",\"user\":"
                + JsonParts.quote(identity().name()) + ",\"state\":" + shown + '}';
    }

    /** Shows others something of it, as JSON. */
    void show(String json) {
        shown = json;
        channel.changed(this);
    }

    @Override
    public void present(@Nullable Object something) {
        show(channel.voice.shown(something));
    }

    @Override
    public String id() {
        return peer.id;
    }

    @Override
    public Identity identity() {
        return peer.identity();
    }

    @Override
    public void identify(Identity identity) {
        peer.identify(identity);
    }

    @Override
    public Handshake handshake() {
        return peer.handshake();
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public void join(String room) {
        channel.joinRoom(this, room);
    }

    @Override
    public void leave(String room) {
        channel.leaveRoom(this, room);
    }

    @Override
    public Set<String> rooms() {
        return Set.copyOf(rooms);
    }

    @Override
    public void leave() {
        channel.putOut(this);
    }

    @Override
    public void kick(String reason) {
        peer.close(Goodbye.kicked(reason));
    }

    private Audible audience() {
        return new Audible(channel, List.of(peer), Set.of(), null, this::put);
    }

    /** What is sent to it while it is being let in waits until it knows that it is in. */
    private void put(Delivery delivery) {
        synchronized (early) {
            if (!settled) {
                early.add(delivery);
                return;
            }
        }
        channel.voice.put(delivery);
    }

    /** Its client was told that it is in, or it came in without asking. */
    void settle() {
        synchronized (early) {
            settled = true;
            early.forEach(channel.voice::put);
            early.clear();
        }
    }

    @Override
    public String transport() {
        return peer.transport();
    }

    @Override
    public void drop() {
        peer.close(Goodbye.DROPPED);
    }

    @Override
    public void send(String event, @Nullable Object data) {
        audience().send(event, data);
    }

    @Override
    public void sendVolatile(String event, @Nullable Object data) {
        audience().sendVolatile(event, data);
    }

    @Override
    public void sendLatest(String event, String key, @Nullable Object data) {
        audience().sendLatest(event, key, data);
    }

    @Override
    public <T> CompletionStage<Answers<T>> askAll(
            String event, @Nullable Object data, Class<T> type, Duration timeout) {
        return audience().askAll(event, data, type, timeout);
    }

    @Override
    public <T> CompletionStage<T> ask(String event, @Nullable Object data, Class<T> type) {
        return channel.asking().ask(peer, new Asking.Question(channel, event, data), type, channel.askTimeout());
    }

    @Override
    public CompletionStage<@Nullable Object> ask(String event, @Nullable Object data, Type type, Duration timeout) {
        return channel.asking().ask(peer, new Asking.Question(channel, event, data), type, timeout);
    }

    @Override
    public <T> T state(Class<T> type, Supplier<T> initial) {
        return bag.get(type, initial);
    }

    @Override
    public <T> T session(Class<T> type, Supplier<T> initial) {
        return peer.session.get(type, initial);
    }

    @Override
    public Future<?> spawn(Runnable job) {
        return jobs.spawn(job);
    }

    @Override
    public Future<?> every(Duration period, Runnable job) {
        return jobs.every(period, job);
    }

    @Override
    public void killJobs() {
        jobs.kill();
    }

    @Override
    public String toString() {
        return peer.caller() + " in " + channel.name();
    }
}
