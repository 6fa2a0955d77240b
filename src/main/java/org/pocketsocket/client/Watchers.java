package org.pocketsocket.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.pocketsocket.message.JsonParts;

/** Who watches who is in a channel, and in its rooms. The server forgets it with the membership: it is asked after each join. */
final class Watchers {

    private final Map<String, List<Consumer<Payload>>> rooms = new ConcurrentHashMap<>();
    private final BiFunction<String, Boolean, CompletionStage<Payload>> ask;
    private final Consumer<RuntimeException> failed;

    /**
     * Of one channel.
     *
     * @param ask tells the server whether to tell of a room; the stage has who is there
     * @param failed gets what goes wrong
     */
    Watchers(BiFunction<String, Boolean, CompletionStage<Payload>> ask, Consumer<RuntimeException> failed) {
        this.ask = ask;
        this.failed = failed;
    }

    /** One more; the result undoes it. To be followed by {@link #begin} where the channel is joined already. */
    Runnable add(String room, Consumer<Payload> watcher) {
        rooms.computeIfAbsent(room, any -> new CopyOnWriteArrayList<>()).add(watcher);
        return () -> remove(room, watcher);
    }

    private void remove(String room, Consumer<Payload> watcher) {
        List<Consumer<Payload>> left = rooms.computeIfPresent(room, (any, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        });
        if (left == null) {
            note(ask.apply(room, false));
        }
    }

    /** The channel was joined. */
    void joined() {
        rooms.keySet().forEach(this::begin);
    }

    /** Asks who is there, and to be told of changes. */
    void begin(String room) {
        note(ask.apply(room, true).thenAccept(all -> tell(room, sync(all))));
    }

    private void note(CompletionStage<?> stage) {
        var ignored = stage.exceptionally(failure -> {
            Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
            failed.accept(why instanceof RuntimeException known ? known : new IllegalStateException(why));
            return null;
        });
    }

    /** Somebody came, went or changed. */
    void changed(Payload change) {
        tell(String.valueOf(change.map().getOrDefault("room", "")), change);
    }

    private void tell(String room, Payload change) {
        rooms.getOrDefault(room, List.of()).forEach(watcher -> watcher.accept(change));
    }

    private static Payload sync(Payload all) {
        Map<String, String> members = JsonParts.object(all.json());
        members.put("change", "\"sync\"");
        return Pocket.payload(Pocket.object(members));
    }
}
