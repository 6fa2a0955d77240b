package org.pocketsocket.hub;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience;
import org.pocketsocket.Envelope;
import org.pocketsocket.history.Terms;

/**
 * Some peers, as members of a channel.
 *
 * @param to may change until the delivery
 * @param stream the room that these are, empty for the whole channel; null: they are neither
 * @param way into the lane
 */
record Audible(
        LiveChannel channel,
        Collection<Peer> to,
        Set<Peer> except,
        @Nullable String stream,
        Consumer<Delivery> way) implements Audience {

    Audible(LiveChannel channel, Collection<Peer> to, Set<Peer> except, @Nullable String stream) {
        this(channel, to, except, stream, channel.voice::put);
    }

    /** Neither a room nor a channel. */
    static Audible some(LiveChannel channel, Collection<Peer> to) {
        return new Audible(channel, to, Set.of(), null);
    }

    @Override
    public void send(String event, @Nullable Object data) {
        channel.voice.commit(sending(event, data));
    }

    /** As {@link #send}, unless the key was used before. */
    boolean sendOnce(String key, String event, @Nullable Object data) {
        channel.voice.requireName(key);
        return channel.voice.once(new Once.Key(channel.name(), requireNonNull(stream), key), sending(event, data));
    }

    private Runnable sending(String event, @Nullable Object data) {
        Terms terms = stream == null ? null : channel.terms(stream);
        if (terms == null) {
            Delivery delivery = delivery(event, data, channel.voice.how());
            return () -> way.accept(delivery);
        }
        String json = channel.voice.json(event, data);
        Publication kept =
                new Publication(requireNonNull(stream), event, json, data instanceof Envelope.Args, except, terms);
        return () -> channel.voice.publish(kept);
    }

    @Override
    public void sendVolatile(String event, @Nullable Object data) {
        deliver(event, data, Delivery.How.VOLATILE);
    }

    @Override
    public void sendLatest(String event, String key, @Nullable Object data) {
        deliver(event, data, channel.voice.latest(event, key));
    }

    @Override
    public <T> CompletionStage<Answers<T>> askAll(
            String event, @Nullable Object data, Class<T> type, Duration timeout) {
        List<Peer> asked = to.stream().filter(peer -> !except.contains(peer)).toList();
        return channel.asking().askAll(asked, new Asking.Question(channel, event, data), type, timeout);
    }

    private void deliver(String event, @Nullable Object data, Delivery.How how) {
        Delivery delivery = delivery(event, data, how);
        channel.voice.commit(() -> way.accept(delivery));
    }

    private Delivery delivery(String event, @Nullable Object data, Delivery.How how) {
        Delivery.How own =
                how.policy() == Policy.KEEP_LATEST && how.key() == null ? channel.voice.latest(event, "") : how;
        return new Delivery(to, channel.voice.message(null, event, data), except, own);
    }
}
