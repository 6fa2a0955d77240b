package org.pocketsocket.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who listens to what, and who answers. Any thread. */
final class Listeners {

    private final Map<Key, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final Map<Key, Function<Payload, @Nullable Object>> answers = new ConcurrentHashMap<>();

    /** The event "" stands for all of the channel; the channel "" for all. */
    private record Key(String channel, String event) {}

    /** Not a record: the same function may listen twice. */
    private static final class Listener {

        private final Consumer<Heard.Event> function;

        Listener(Consumer<Heard.Event> function) {
            this.function = function;
        }
    }

    /** Listens; the result undoes it. */
    Runnable on(String channel, String event, Consumer<Heard.Event> listener) {
        Key key = new Key(channel, event);
        Listener own = new Listener(listener);
        listeners.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>()).add(own);
        return () -> listeners.computeIfPresent(key, (any, all) -> {
            all.remove(own);
            return all.isEmpty() ? null : all;
        });
    }

    boolean has(String channel, String event) {
        return listeners.containsKey(new Key(channel, event));
    }

    Runnable onAsk(String channel, String event, Function<Payload, @Nullable Object> answer) {
        Key key = new Key(channel, event);
        answers.put(key, answer);
        return () -> answers.remove(key, answer);
    }

    /** Calls them, in the order they came. */
    void tell(Heard.Event event, Consumer<RuntimeException> failed) {
        for (Key key :
                List.of(new Key(event.channel(), event.event()), new Key(event.channel(), ""), new Key("", ""))) {
            for (Listener listener : listeners.getOrDefault(key, List.of())) {
                try {
                    listener.function.accept(event);
                } catch (RuntimeException e) {
                    failed.accept(e);
                }
            }
        }
    }

    @Nullable
    Function<Payload, @Nullable Object> answer(Heard.Event event) {
        return answers.get(new Key(event.channel(), event.event()));
    }
}
