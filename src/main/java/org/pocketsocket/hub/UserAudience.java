package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience;

/** A user on all devices. The channel stands in the event's name, before the first dot. */
record UserAudience(Hub hub, String user) implements Audience {

    private Audible audience(String event) {
        return Audible.some(hub.find(event.substring(0, dot(event))), hub.devices(user));
    }

    @Override
    public void send(String event, @Nullable Object data) {
        audience(event).send(rest(event), data);
    }

    @Override
    public void sendVolatile(String event, @Nullable Object data) {
        audience(event).sendVolatile(rest(event), data);
    }

    @Override
    public void sendLatest(String event, String key, @Nullable Object data) {
        audience(event).sendLatest(rest(event), key, data);
    }

    /** Asks those devices that are in the channel. */
    @Override
    public <T> CompletionStage<Answers<T>> askAll(
            String event, @Nullable Object data, Class<T> type, Duration timeout) {
        if (hub.devices(user).isEmpty()) {
            return CompletableFuture.completedFuture(new Answers<>(Map.of(), Set.of()));
        }
        return audience(event).askAll(rest(event), data, type, timeout);
    }

    private static String rest(String event) {
        return event.substring(dot(event) + 1);
    }

    private static int dot(String event) {
        int dot = event.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("\"" + event + "\" names no channel: write channel.event");
        }
        return dot;
    }
}
