package org.pocketsocket.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket's connection to one channel ({@code /chat}), or to the server as a whole ({@code /}). */
public final class SocketIoChannel {

    private final String name;
    private final SocketIo socket;
    private final Session session;
    private final Listeners listeners;

    SocketIoChannel(String name, SocketIo socket, Session session, Listeners listeners) {
        this.name = name;
        this.socket = socket;
        this.session = session;
        this.listeners = listeners;
    }

    public String name() {
        return name;
    }

    /** The socket it belongs to. */
    public SocketIo socket() {
        return socket;
    }

    /**
     * Emits an event. A last argument that is a {@link SocketIoReply} is called with the acknowledgement.
     *
     * @throws ClientException when too much waits to be sent already, a value cannot be written, or the socket is closed
     */
    public void emit(String event, @Nullable Object... args) {
        int last = args.length - 1;
        if (last >= 0 && args[last] instanceof SocketIoReply reply) {
            emit(event, reply, Arrays.copyOf(args, last));
        } else {
            session.say(new Say.Event(name, event, payloads(args), 0, false));
        }
    }

    /** Emits an event; the reply is called with the acknowledgement. */
    public void emit(String event, SocketIoReply reply, @Nullable Object... args) {
        List<Payload> all = payloads(args);
        socket.asked(1);
        session.ask(
                id -> new Say.Event(name, event, all, id, false),
                answer -> {
                    socket.parties().safely(() -> reply.reply(answer.args()));
                    socket.asked(-1);
                },
                why -> {
                    socket.fault(why);
                    socket.asked(-1);
                });
    }

    /** Emits an event; the stage has the acknowledgement. Do not wait for it in a handler. */
    public CompletionStage<List<Payload>> ask(String event, @Nullable Object... args) {
        CompletableFuture<List<Payload>> answered = new CompletableFuture<>();
        List<Payload> all = payloads(args);
        session.ask(
                id -> new Say.Event(name, event, all, id, false),
                answer -> answered.complete(answer.args()),
                answered::completeExceptionally);
        return answered;
    }

    /** Emits an event with an id of one's own; {@link SocketIoHandler#ack} is called with it. */
    public void emitWithId(long id, String event, @Nullable Object... args) {
        numbered(id, event, payloads(args));
    }

    /** Sends a message: text, or anything else as JSON. */
    public void send(@Nullable Object message) {
        session.say(new Say.Event(name, "message", List.of(Payload.of(message)), 0, false));
    }

    /** The same with an id of one's own; {@link SocketIoHandler#ack} is called with it. */
    public void sendWithId(long id, @Nullable Object message) {
        numbered(id, "message", List.of(Payload.of(message)));
    }

    private void numbered(long id, String event, List<Payload> args) {
        session.ask(
                any -> new Say.Event(name, event, args, id, true),
                answer -> socket.parties().acknowledged(name, answer),
                socket::fault);
    }

    /** Attaches a function to an event; it comes before the handler's method, which is not called then. */
    public Runnable on(String event, Consumer<List<Payload>> function) {
        return listeners.on(name, event, heard -> function.accept(heard.args()));
    }

    /** The same for the next time only. */
    public void once(String event, Consumer<List<Payload>> function) {
        Runnable[] undo = new Runnable[1];
        undo[0] = on(event, args -> {
            undo[0].run();
            function.accept(args);
        });
    }

    /** Leaves the channel; of the whole server's, ends the socket. */
    public void disconnect() {
        socket.disconnect(this);
    }

    static List<Payload> payloads(@Nullable Object... values) {
        List<Payload> all = new ArrayList<>();
        for (Object value : values) {
            all.add(Payload.of(value));
        }
        return all;
    }
}
