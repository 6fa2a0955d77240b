package org.pocketsocket.hub;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Member;

/** A peer in a channel. */
final class Membership implements Member {

    private enum State {
        JOINING,
        IN,
        OUT
    }

    final Peer peer;
    private final LiveChannel channel;
    private final AtomicReference<State> state = new AtomicReference<>(State.JOINING);

    Membership(Peer peer, LiveChannel channel) {
        this.peer = peer;
        this.channel = channel;
    }

    @Override
    public String id() {
        return peer.id;
    }

    @Override
    public String address() {
        return peer.caller.address();
    }

    @Override
    public void send(String event, @Nullable Object data) {
        channel.send(List.of(peer), event, data);
    }

    @Override
    public void leave() {
        channel.leave(this);
    }

    /** From joining to in; false when it is gone already. */
    boolean enter() {
        return state.compareAndSet(State.JOINING, State.IN);
    }

    /** Out, for good; true for the one who took it from in to out. */
    boolean exit() {
        return state.getAndSet(State.OUT) == State.IN;
    }

    boolean isIn() {
        return state.get() == State.IN;
    }

    @Override
    public String toString() {
        return peer.caller + " in " + channel.name();
    }
}
