package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience;

/**
 * Some peers, as members of a channel.
 *
 * @param to may change until the delivery
 * @param way into the lane
 */
record Audible(LiveChannel channel, Collection<Peer> to, Set<Peer> except, Consumer<Delivery> way) implements Audience {

    Audible(LiveChannel channel, Collection<Peer> to, Set<Peer> except) {
        this(channel, to, except, channel::deliver);
    }

    static Audible all(LiveChannel channel, Collection<Peer> to) {
        return new Audible(channel, to, Set.of());
    }

    @Override
    public void send(String event, @Nullable Object data) {
        deliver(event, data, channel.how());
    }

    @Override
    public void sendVolatile(String event, @Nullable Object data) {
        deliver(event, data, Delivery.How.VOLATILE);
    }

    @Override
    public void sendLatest(String event, String key, @Nullable Object data) {
        deliver(event, data, channel.latest(event, key));
    }

    @Override
    public <T> CompletionStage<Answers<T>> askAll(
            String event, @Nullable Object data, Class<T> type, Duration timeout) {
        List<Peer> asked = to.stream().filter(peer -> !except.contains(peer)).toList();
        return channel.asking().askAll(asked, new Asking.Question(channel, event, data), type, timeout);
    }

    private void deliver(String event, @Nullable Object data, Delivery.How how) {
        Delivery.How own = how.policy() == Policy.KEEP_LATEST && how.key() == null ? channel.latest(event, "") : how;
        way.accept(new Delivery(to, channel.message(null, event, data), except, own));
    }
}
