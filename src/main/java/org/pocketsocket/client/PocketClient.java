package org.pocketsocket.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client, with the words of the browser's.
 *
 * <pre>{@code
 * try (PocketClient client = PocketClient.connect(URI.create("ws://127.0.0.1:8001/"))) {
 *     PocketChannel chat = client.channel("chat");
 *     chat.on("said", Said.class, said -> System.out.println(said.text()));
 *     chat.ask("say", new Line("hello"), Receipt.class).toCompletableFuture().join();
 * }
 * }</pre>
 *
 * A lost connection comes back by itself; channels are joined again, and what they missed is fetched where they keep
 * history. Handlers are called one after the other, in the order of what came; answers arrive in that order, too, so a
 * handler must not wait for one. All methods may be called on any thread.
 */
public final class PocketClient implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PocketClient.class.getName());

    private final Listeners listeners = new Listeners();
    private final Map<String, PocketChannel> channels = new ConcurrentHashMap<>();
    private final List<BiConsumer<ClientState, Optional<ClientException>>> watchers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<PocketClient> opened = new CompletableFuture<>();
    private final Session session;
    private final Feed feed;
    private @Nullable ClientException end;
    private volatile Consumer<RuntimeException> errors =
            e -> LOG.log(System.Logger.Level.WARNING, "A client's handler failed, or a message came to nothing", e);

    private PocketClient(URI uri, ClientOptions options) {
        session = new Session(options, Dialects.of(uri, options), new Ears());
        feed = new Feed(session.serial());
    }

    /**
     * Connects with {@link ClientOptions#DEFAULT}.
     *
     * @throws ClientException when there is no connection
     */
    public static PocketClient connect(URI uri) {
        return connect(uri, ClientOptions.DEFAULT);
    }

    /**
     * Connects, and waits until that is done; nothing is left behind when it fails.
     *
     * @param uri {@code ws}, {@code wss}, {@code http} or {@code https}; where the application lies, or one of its doors
     * @throws ClientException when there is no connection
     */
    public static PocketClient connect(URI uri, ClientOptions options) {
        PocketClient client = new PocketClient(uri, options);
        CompletableFuture<PocketClient> first = new CompletableFuture<>();
        Runnable undo = client.onState((state, why) -> {
            why.ifPresent(first::completeExceptionally);
            if (state == ClientState.OPEN) {
                first.complete(client);
            }
        });
        client.session.start();
        try {
            return first.join();
        } catch (CompletionException e) {
            client.close();
            throw e.getCause() instanceof ClientException why ? why.here() : e;
        } finally {
            undo.run();
        }
    }

    /** Begins to connect, and keeps trying; what is said meanwhile waits. */
    public static PocketClient start(URI uri, ClientOptions options) {
        PocketClient client = new PocketClient(uri, options);
        client.session.start();
        return client;
    }

    /** Completed when the first connection is open; exceptionally when there will be none. */
    public CompletionStage<PocketClient> opened() {
        return opened.copy();
    }

    public ClientState state() {
        return session.state();
    }

    /** The channel of this name; the same object each time. It is joined by {@link PocketChannel#join}. */
    public PocketChannel channel(String name) {
        return channels.computeIfAbsent(name, any -> new PocketChannel(name, session, listeners, this::failed));
    }

    /** Sends a message that is for no channel; the server relays it to all other clients. */
    public void send(String message) {
        send(message, Map.of());
    }

    /**
     * The same with a payload.
     *
     * @throws ClientException when too much waits to be sent already, or the payload cannot be written
     */
    public void send(String message, @Nullable Object data) {
        session.say(new Say.Event(message, "", List.of(Payload.of(data)), 0, false));
    }

    /** Tells of every change of state, and why it came; of the end also who asks after it. The result undoes it. */
    public Runnable onState(BiConsumer<ClientState, Optional<ClientException>> watcher) {
        Optional<ClientException> why;
        synchronized (watchers) {
            why = Optional.ofNullable(end);
            if (why.isEmpty()) {
                watchers.add(watcher);
                return () -> watchers.remove(watcher);
            }
        }
        session.serial().execute(() -> safely(() -> watcher.accept(ClientState.CLOSED, why)));
        return () -> {};
    }

    /** Gets every event of every channel, and the server's own in the channel {@code socket}; the result undoes it. */
    public Runnable onAny(Consumer<ClientEvent> listener) {
        return listeners.on("", "", event -> listener.accept(event.plain()));
    }

    /** Gets what goes wrong where nobody waits: a handler that throws, a message that came to nothing. Default the log. */
    public void onError(Consumer<RuntimeException> listener) {
        errors = listener;
    }

    /** All events, for reactive code. Ends with the client; a subscriber that lags by 1,024 events is ended. */
    public Flow.Publisher<ClientEvent> events() {
        return feed;
    }

    /** Says goodbye and ends: no thread is left. What is unanswered fails. */
    @Override
    public void close() {
        session.close();
    }

    private void failed(RuntimeException why) {
        errors.accept(why);
    }

    private void safely(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void present(Payload change) {
        PocketChannel channel = channels.get(String.valueOf(change.map().get("channel")));
        if (channel != null) {
            channel.changed(change);
        }
    }

    /** What the session tells, on the handler thread. */
    private final class Ears implements Face {

        @Override
        public void event(Heard.Event event) {
            Function<Payload, @Nullable Object> answer = event.token() == null ? null : listeners.answer(event);
            if (answer != null && event.token() != null) {
                new Question(session, event, event.token()).answer(answer);
            }
            listeners.tell(event, PocketClient.this::failed);
            if (event.channel().equals("socket") && event.event().equals("presence")) {
                safely(() -> present(event.data()));
            }
            feed.publish(event.plain());
        }

        @Override
        public void state(ClientState state, Optional<ClientException> why) {
            if (state == ClientState.OPEN) {
                opened.complete(PocketClient.this);
            }
            synchronized (watchers) {
                end = state == ClientState.CLOSED ? why.orElse(null) : null;
            }
            watchers.forEach(watcher -> safely(() -> watcher.accept(state, why)));
            if (state == ClientState.CLOSED) {
                why.ifPresent(opened::completeExceptionally);
                feed.end();
            }
        }

        @Override
        public void joined(String channel, boolean again) {
            safely(() -> channel(channel).joined(again));
        }

        @Override
        public void left(String channel, ClientException why) {
            safely(() -> channel(channel).left(why));
        }

        @Override
        public void gap(String channel, String room) {
            safely(() -> channel(channel).gap(room));
        }

        @Override
        public void stray(Heard.Answered answer) {
            // who asked has been told that it took too long
        }

        @Override
        public void fault(ClientException why) {
            failed(why);
        }
    }
}
