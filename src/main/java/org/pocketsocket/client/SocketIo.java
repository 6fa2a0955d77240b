package org.pocketsocket.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.ClientOptions.Language;
import org.pocketsocket.client.net.Workers;
import org.pocketsocket.message.JsonParts;

/**
 * A Socket.IO client, with the words of the old socketIO-client.
 *
 * <pre>{@code
 * SocketIo socket = SocketIo.connect("localhost", 8000, new Handler());
 * socket.emit("news", Map.of("hello", "world"));
 * socket.await();
 * }</pre>
 *
 * It speaks revision 5 of the protocol, as servers since Socket.IO 3 do; with {@link Language#SOCKET_IO_OLD} that of 0.9.
 * A lost connection comes back by itself. All methods may be called on any thread.
 */
public final class SocketIo implements AutoCloseable {

    private static final String ROOT = "/";

    private final Workers thread;
    private final Session session;
    private final Listeners listeners = new Listeners();
    private final Parties parties = new Parties(listeners);
    private final CompletableFuture<SocketIo> first = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final SocketIoChannel root;
    private int asked;

    private SocketIo(URI uri, SocketIoHandler handler, ClientOptions options) {
        Language language = options.dialect == Language.POCKET ? Language.SOCKET_IO : options.dialect;
        thread = new Workers("socketio-" + uri.getHost() + ":" + uri.getPort(), 1);
        ClientOptions own = options.dialect(language);
        own = options.executor == null ? own.executor(thread) : own;
        session = new Session(own, Dialects.of(uri, own), new Ears());
        root = channel(ROOT, handler);
    }

    /** Connects; what comes is printed. */
    public static SocketIo connect(String host, int port) {
        return connect(host, port, new Printing());
    }

    /**
     * Connects, and waits until that is done.
     *
     * @throws ClientException when there is no connection
     */
    public static SocketIo connect(String host, int port, SocketIoHandler handler) {
        return connect(uri(host, port), handler, ClientOptions.DEFAULT);
    }

    /** The same with a port as it is typed on a command line. */
    public static SocketIo connect(String host, String port, SocketIoHandler handler) {
        return connect(host, Integer.parseInt(port), handler);
    }

    /**
     * The same with everything that can be said.
     *
     * @param uri {@code http} or {@code https}; where the application lies
     */
    public static SocketIo connect(URI uri, SocketIoHandler handler, ClientOptions options) {
        SocketIo socket = new SocketIo(uri, handler, options);
        socket.session.join(ROOT, Map.of(), done -> {}, socket.first::completeExceptionally);
        socket.session.start();
        try {
            return socket.first.join();
        } catch (CompletionException e) {
            socket.close();
            throw e.getCause() instanceof ClientException why ? why.here() : e;
        }
    }

    private static URI uri(String host, int port) {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
    }

    private SocketIoChannel channel(String name, SocketIoHandler handler) {
        SocketIoChannel channel = new SocketIoChannel(name, this, session, listeners);
        parties.add(channel, handler);
        return channel;
    }

    /** The connection to the server as a whole. */
    public SocketIoChannel root() {
        return root;
    }

    /** See {@link SocketIoChannel#emit(String, Object...)}. */
    public void emit(String event, @Nullable Object... args) {
        root.emit(event, args);
    }

    /** See {@link SocketIoChannel#emit(String, SocketIoReply, Object...)}. */
    public void emit(String event, SocketIoReply reply, @Nullable Object... args) {
        root.emit(event, reply, args);
    }

    /** See {@link SocketIoChannel#send}. */
    public void send(@Nullable Object message) {
        root.send(message);
    }

    /** Connects to a channel, as {@code /chat}; one connection per channel. */
    public SocketIoChannel connect(String path, SocketIoHandler handler) {
        return connect(path, handler, Map.of());
    }

    /**
     * The same, showing the channel something: the old protocol's query, the new one's auth.
     *
     * @throws IllegalStateException when the socket is connected to it already
     */
    public SocketIoChannel connect(String path, SocketIoHandler handler, Map<String, ?> query) {
        String name = SocketIoDialect.namespace(path);
        SocketIoChannel channel = channel(name, handler);
        session.join(name, JsonParts.object(Payload.of(query).json()), done -> {}, why -> {
            parties.remove(name);
            session.serial().execute(() -> parties.safely(() -> handler.onError(why.error(), why.getMessage() + "")));
        });
        return channel;
    }

    /** Ends everything. */
    public void disconnect() {
        session.close();
        thread.close();
    }

    /** Leaves one channel; the server's as a whole ends everything. */
    public void disconnect(SocketIoChannel channel) {
        if (channel == root) {
            disconnect();
        } else if (parties.has(channel.name())) {
            session.leave(channel.name(), done -> parties.left(channel.name()), this::fault);
        }
    }

    /** The same as {@link #disconnect()}. */
    @Override
    public void close() {
        disconnect();
    }

    /** Waits until the connection has ended for good. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** Waits at most so long; whether it has ended. */
    public boolean await(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until all replies of {@code emit} have come, or failed; at most so long. Whether they have. */
    public synchronized boolean awaitReplies(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (asked > 0 && deadline - System.nanoTime() > 0) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        return asked == 0;
    }

    synchronized void asked(int more) {
        asked += more;
        notifyAll();
    }

    /** Told on the handler thread, as all else is. */
    void fault(ClientException why) {
        session.serial().execute(() -> parties.fault(why));
    }

    Parties parties() {
        return parties;
    }

    /** What the session tells, on the handler thread. */
    private final class Ears implements Face {

        private boolean open;

        @Override
        public void event(Heard.Event event) {
            String token = event.token();
            SocketIoReply reply =
                    token == null ? null : args -> session.say(new Say.Answer(event.channel(), token, args));
            parties.event(event, reply);
        }

        @Override
        public void state(ClientState state, Optional<ClientException> why) {
            switch (state) {
                case OPEN -> {
                    open = true;
                    parties.tell(SocketIoHandler::onOpen);
                }
                case CONNECTING -> {
                    if (first.isDone()) {
                        parties.tell(SocketIoHandler::onRetry);
                    }
                }
                case WAITING, CLOSED -> {
                    why.ifPresent(first::completeExceptionally);
                    lost();
                }
            }
            if (state == ClientState.CLOSED) {
                ended.countDown();
                thread.close();
            }
        }

        private void lost() {
            if (open) {
                open = false;
                parties.tell(SocketIoHandler::onDisconnect);
                parties.tell(SocketIoHandler::onClose);
            }
        }

        @Override
        public void joined(String channel, boolean again) {
            if (channel.equals(ROOT)) {
                first.complete(SocketIo.this);
            }
            parties.joined(channel, again);
        }

        @Override
        public void left(String channel, ClientException why) {
            parties.left(channel);
            if (parties.isEmpty()) {
                disconnect();
            }
        }

        @Override
        public void gap(String channel, String room) {
            // Socket.IO has no history
        }

        @Override
        public void stray(Heard.Answered answer) {
            parties.error("callback missing", String.valueOf(answer.id()));
        }

        @Override
        public void fault(ClientException why) {
            parties.fault(why);
        }
    }
}
