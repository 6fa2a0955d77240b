package org.pocketsocket.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Envelope;
import org.pocketsocket.message.Outgoing;

/** What a channel says, and the lane that brings it to members in one order. */
final class Voice {

    private final LiveChannel channel;
    private final Outlet outlet;
    private final Lane lane;
    private final List<Consumer<Outgoing.Event>> tails = new CopyOnWriteArrayList<>();

    Voice(LiveChannel channel, Outlet outlet) {
        this.channel = channel;
        this.outlet = outlet;
        this.lane = outlet.lanes().lane(channel.name());
    }

    Delivery.How how() {
        return new Delivery.How(Policy.of(channel.handler().whenSlow()), null);
    }

    Delivery.How latest(String event, String key) {
        return new Delivery.How(Policy.KEEP_LATEST, channel.name() + '.' + event + ' ' + key);
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
        commit(() -> put(delivery));
    }

    /** Runs it at once, or after the commit of the transaction this thread is in. */
    void commit(Runnable task) {
        if (!outlet.outside().transaction().test(task)) {
            task.run();
        }
    }

    /** Into the lane. */
    void put(Delivery delivery) {
        show(delivery);
        lane.put(delivery);
    }

    /** The same for what is kept. */
    void publish(Publication publication) {
        outlet.journal().publish(channel, publication);
    }

    /** Runs it, as {@link #commit} does, if nobody has used that key; false when somebody has. */
    boolean once(Once.Key key, Runnable task) {
        if (outlet.once().isUsed(key)) {
            return false;
        }
        AtomicBoolean sent = new AtomicBoolean(true);
        commit(() -> sent.set(outlet.once().run(key, true, task).isEmpty()));
        return sent.get();
    }

    Outgoing message(@Nullable String id, String event, @Nullable Object data) {
        return new Outgoing.Event(id, channel.name(), event, json(event, data), data instanceof Envelope.Args, null);
    }

    String json(String event, @Nullable Object data) {
        requireName(event);
        String json = Values.write(outlet.json(), data);
        int most = outlet.settings().limits().publication();
        if (json.length() > most) {
            throw new IllegalArgumentException("the payload of \"" + event + "\" has " + json.length()
                    + " characters of JSON, " + most + " are allowed");
        }
        return json;
    }

    /** What a member says of itself, as JSON. */
    String shown(@Nullable Object something) {
        String json = outlet.json().write(something);
        int most = outlet.settings().presence().state();
        if (json.length() > most) {
            throw new IllegalArgumentException(
                    "a member's state has at most " + most + " characters of JSON, not " + json.length());
        }
        return json;
    }

    void requireName(String name) {
        int most = outlet.settings().limits().name();
        if (name.isEmpty() || name.length() > most) {
            throw new IllegalArgumentException("a name has 1 to " + most + " characters");
        }
    }
}
