package org.pocketsocket.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;

/**
 * A channel, as a client sees it. Listeners may be added before it is joined, and stay over reconnections. What the stages
 * give fails with a {@link ClientException}: the server's "no" has its code and name.
 */
public final class PocketChannel {

    private final String name;
    private final Session session;
    private final Listeners listeners;
    private final List<Consumer<Boolean>> joins = new CopyOnWriteArrayList<>();
    private final List<Consumer<ClientException>> leaves = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> gaps = new CopyOnWriteArrayList<>();
    private final Watchers watchers;
    private volatile Map<String, String> mine = Map.of();
    private volatile boolean joined;

    PocketChannel(String name, Session session, Listeners listeners, Consumer<RuntimeException> failed) {
        this.name = name;
        this.session = session;
        this.listeners = listeners;
        this.watchers = new Watchers(this::watch, failed);
    }

    public String name() {
        return name;
    }

    /** Joins, and does so again after each reconnection. The stage has what the channel greets with. */
    public CompletionStage<Payload> join() {
        return join(Map.of());
    }

    /** The same, showing the channel something: a map, or an object of one's own. */
    public CompletionStage<Payload> join(Object data) {
        CompletableFuture<Payload> greeting = new CompletableFuture<>();
        Map<String, String> members = JsonParts.object(Payload.of(data).json());
        session.join(name, members, answer -> greeting.complete(first(answer)), greeting::completeExceptionally);
        return greeting;
    }

    /** Leaves, and does not come back. */
    public CompletionStage<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        joined = false;
        session.leave(
                name,
                answer -> {
                    joined = false; // the answer to a join may have come in between
                    left.complete(null);
                },
                left::completeExceptionally);
        return left;
    }

    /** Whether the server has let us in; false while there is no connection for the first time. */
    public boolean isJoined() {
        return joined;
    }

    /** Listens to an event; the result undoes it. */
    public Runnable on(String event, Consumer<Payload> listener) {
        return listeners.on(name, event, heard -> listener.accept(heard.data()));
    }

    /** The same, with the payload as a class. One that does not fit goes to {@link PocketClient#onError}. */
    public <T> Runnable on(String event, Class<T> type, Consumer<? super @Nullable T> listener) {
        return on(event, data -> listener.accept(data.as(type)));
    }

    /** Listens to all events of the channel. */
    public Runnable onAny(BiConsumer<String, Payload> listener) {
        return listeners.on(name, "", heard -> listener.accept(heard.event(), heard.data()));
    }

    /**
     * Answers the server's questions of this name; one function per name. It may return a {@link CompletionStage}; what it
     * throws is the "no", with the message as reason.
     */
    public <T> Runnable onAsk(
            String event, Class<T> type, Function<? super @Nullable T, ? extends @Nullable Object> answer) {
        return listeners.onAsk(name, event, data -> answer.apply(data.as(type)));
    }

    /** Called after each join, with whether it was a further one. */
    public Runnable onJoin(Consumer<Boolean> listener) {
        return added(joins, listener);
    }

    /** Called when the server has put us out. */
    public Runnable onLeave(Consumer<ClientException> listener) {
        return added(leaves, listener);
    }

    /** Called with the room, or "" for the channel itself, when events were missed for good: load its state anew. */
    public Runnable onGap(Consumer<String> listener) {
        return added(gaps, listener);
    }

    private static <T> Runnable added(List<Consumer<T>> all, Consumer<T> listener) {
        all.add(listener);
        return () -> all.remove(listener);
    }

    /** Sends an event without payload; see {@link #send(String, Object)}. */
    public void send(String event) {
        session.say(new Say.Event(name, event, List.of(), 0, false));
    }

    /**
     * Sends an event and does not wait for anything. Without a connection it waits, as long as the options say.
     *
     * @throws ClientException when too much waits to be sent already, the payload cannot be written, or the client is closed
     */
    public void send(String event, @Nullable Object data) {
        session.say(new Say.Event(name, event, List.of(Payload.of(data)), 0, false));
    }

    /** Sends an event without payload; the stage has what the handler returned. */
    public CompletionStage<Payload> ask(String event) {
        return ask(id -> new Say.Event(name, event, List.of(), id, false)).thenApply(PocketChannel::first);
    }

    /** Sends an event; the stage has what the handler returned. */
    public CompletionStage<Payload> ask(String event, @Nullable Object data) {
        List<Payload> args = List.of(Payload.of(data));
        return ask(id -> new Say.Event(name, event, args, id, false)).thenApply(PocketChannel::first);
    }

    /** The same, with the answer as a class. */
    public <T> CompletionStage<@Nullable T> ask(String event, @Nullable Object data, Class<T> type) {
        return ask(event, data).thenApply(answer -> answer.as(type));
    }

    private CompletionStage<Heard.Answered> ask(Session.Asked what) {
        CompletableFuture<Heard.Answered> answered = new CompletableFuture<>();
        session.ask(what, answered::complete, answered::completeExceptionally);
        return answered;
    }

    private CompletionStage<Payload> command(String command, Map<String, String> more) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("channel", JsonParts.quote(name));
        data.putAll(more);
        return ask(id -> new Say.Command(name, command, data, id)).thenApply(PocketChannel::first);
    }

    /** Who is here: {@code {"count":2,"members":[…]}}. In the pocket dialect only, as all below. */
    public CompletionStage<Payload> presence() {
        return presence("");
    }

    /** Who is in a room that one is in. */
    public CompletionStage<Payload> presence(String room) {
        return command("presence", inRoom(room));
    }

    /**
     * Gets who is here after each join, as {@code {"change":"sync","count":2,"members":[…]}}, and every coming, going and
     * change of the members from then on; the result undoes it.
     */
    public Runnable watch(Consumer<Payload> listener) {
        return watch("", listener);
    }

    /** The same of a room that one is in. */
    public Runnable watch(String room, Consumer<Payload> listener) {
        synchronized (watchers) {
            Runnable undo = watchers.add(room, listener);
            if (joined) {
                watchers.begin(room);
            }
            return undo;
        }
    }

    /** Says something about oneself that others see in the presence; it is said again after each further join. */
    public CompletionStage<Payload> state(Object state) {
        Map<String, String> said = Map.of("state", Payload.of(state).json());
        mine = said;
        return command("state", said);
    }

    /** The latest events of the channel's history, the newest last: {@code {"events":[{"event","offset","data"}…],…}}. */
    public CompletionStage<Payload> history(int limit) {
        return history(Map.of("limit", limit));
    }

    /**
     * A part of the history.
     *
     * @param which {@code room}, {@code since} (an {@code epoch} and an {@code offset}), {@code limit}, {@code reverse}, each
     *     of which may be missing
     */
    public CompletionStage<Payload> history(Map<String, ?> which) {
        return command("history", JsonParts.object(Payload.of(which).json()));
    }

    private static Map<String, String> inRoom(String room) {
        return room.isEmpty() ? Map.of() : Map.of("room", JsonParts.quote(room));
    }

    private CompletionStage<Payload> watch(String room, boolean on) {
        Map<String, String> data = new LinkedHashMap<>(inRoom(room));
        data.put("watch", String.valueOf(on));
        return command("presence", data);
    }

    private static Payload first(Heard.Answered answer) {
        return answer.args().isEmpty() ? Payload.NULL : answer.args().get(0);
    }

    // what the client tells, on the handler thread

    void joined(boolean again) {
        if (again && !mine.isEmpty()) {
            var ignored = command("state", mine);
        }
        synchronized (watchers) {
            joined = true;
            watchers.joined();
        }
        joins.forEach(listener -> listener.accept(again));
    }

    void changed(Payload presence) {
        watchers.changed(presence);
    }

    void left(ClientException why) {
        joined = false;
        leaves.forEach(listener -> listener.accept(why));
    }

    void gap(String room) {
        gaps.forEach(listener -> listener.accept(room));
    }
}
