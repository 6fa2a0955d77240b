package org.pocketsocket.client;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Route;
import org.pocketsocket.frame.Headers;

/**
 * How a client connects and behaves. Each method returns a copy with one thing changed:
 *
 * <pre>{@code
 * ClientOptions.DEFAULT.token(() -> login()).connectTimeout(Duration.ofSeconds(3))
 * }</pre>
 */
public final class ClientOptions implements Cloneable {

    /** Pocket over WebSocket, reconnecting for ever. */
    public static final ClientOptions DEFAULT = new ClientOptions();

    Headers headers = Headers.NONE;
    Map<String, String> cookies = Map.of();

    @Nullable
    Supplier<String> token;

    @Nullable
    SSLContext tls;

    @Nullable
    Executor executor;

    Optional<Route.Proxy> proxy = Optional.empty();
    Language dialect = Language.POCKET;
    List<Transport> transports = List.of(Transport.values());
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration answerTimeout = Duration.ofSeconds(10);
    Duration pingInterval = Duration.ofSeconds(25);
    Duration pingTimeout = Duration.ofSeconds(10);
    Duration reconnectLeast = Duration.ofMillis(500);
    Duration reconnectMost = Duration.ofSeconds(20);
    int attempts = Integer.MAX_VALUE;
    int queueLimit = 100;
    Duration queueExpiry = Duration.ofSeconds(60);
    int outLimit = 1 << 20;
    int messageLimit = 1 << 20;

    /** What a server understands. */
    public enum Language {
        /** Pocketsocket's own. */
        POCKET,
        /** Socket.IO, revision 5 over Engine.IO 4: any Socket.IO server since version 3. */
        SOCKET_IO,
        /** Socket.IO 0.7 to 0.9. */
        SOCKET_IO_OLD
    }

    /** Ways to carry messages. */
    public enum Transport {
        /** A WebSocket at once. */
        WEBSOCKET,
        /** HTTP requests, of which one always waits for what comes. */
        POLLING,
        /** One HTTP answer that never ends, and requests for the way back (Server-Sent Events). Pocket only. */
        EVENTS
    }

    private ClientOptions() {}

    private ClientOptions with(Consumer<ClientOptions> change) {
        try {
            ClientOptions copy = (ClientOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends one more header with every request: {@code Authorization}, {@code Origin}. */
    public ClientOptions header(String name, String value) {
        return with(copy -> copy.headers = headers.with(name, value));
    }

    /** Sends one more cookie; those that the server sets are kept and sent as well. */
    public ClientOptions cookie(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(cookies);
        more.put(name, value);
        return with(copy -> copy.cookies = more);
    }

    /** Where tokens come from: asked before every connection, and when the server wants a new one. It may take its time. */
    public ClientOptions token(Supplier<String> supplier) {
        return with(copy -> copy.token = requireNonNull(supplier));
    }

    /** Whom to trust with wss and https, and with which certificate of one's own; default the JDK's default. */
    public ClientOptions tls(SSLContext context) {
        return with(copy -> copy.tls = requireNonNull(context));
    }

    /** Goes through an HTTP proxy; a user's name and password may be null. */
    public ClientOptions proxy(InetSocketAddress address, @Nullable String user, @Nullable String password) {
        Optional<String> secret = Optional.ofNullable(user)
                .map(name -> (name + ":" + (password == null ? "" : password)).getBytes(StandardCharsets.UTF_8))
                .map(bytes -> "Basic " + Base64.getEncoder().encodeToString(bytes));
        return with(copy -> copy.proxy = Optional.of(new Route.Proxy(address, secret)));
    }

    /** What the server understands; default {@link Language#POCKET}. */
    public ClientOptions dialect(Language other) {
        return with(copy -> copy.dialect = requireNonNull(other));
    }

    /**
     * Which transports to use, in which order: default a WebSocket, then polling where that cannot be had, then events.
     * Socket.IO with polling first and then a WebSocket begins with the one and upgrades to the other.
     *
     * @throws IllegalArgumentException when there is none
     */
    public ClientOptions transports(Transport... order) {
        List<Transport> all = List.of(order);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("Which transport?");
        }
        return with(copy -> copy.transports = all);
    }

    /** How long all of opening a connection may take; default 10 s. */
    public ClientOptions connectTimeout(Duration time) {
        return with(copy -> copy.connectTimeout = positive(time));
    }

    /** How long to wait for the answer to what is asked; default 10 s. */
    public ClientOptions answerTimeout(Duration time) {
        return with(copy -> copy.answerTimeout = positive(time));
    }

    /** After how much silence to ask for a sign of life, default 25 s, and how long to wait for one, default 10 s. */
    public ClientOptions heartbeat(Duration interval, Duration timeout) {
        return with(copy -> {
            copy.pingInterval = positive(interval);
            copy.pingTimeout = positive(timeout);
        });
    }

    /** The least and the most time to wait before a further attempt, with full jitter; default 0.5 s and 20 s. */
    public ClientOptions reconnect(Duration least, Duration most) {
        return with(copy -> {
            copy.reconnectLeast = positive(least);
            copy.reconnectMost = positive(most);
        });
    }

    /** How many attempts in a row may fail before the client gives up; default never. 0: a lost connection is the end. */
    public ClientOptions attempts(int most) {
        return with(copy -> copy.attempts = atLeast(0, most));
    }

    /** How many messages may wait for a connection, default 100, and how long, default 60 s. */
    public ClientOptions queue(int messages, Duration expiry) {
        return with(copy -> {
            copy.queueLimit = atLeast(0, messages);
            copy.queueExpiry = positive(expiry);
        });
    }

    /** How many bytes may wait to be sent, default 1 MiB, and how many a message from the server may have, default 1 MiB. */
    public ClientOptions limits(int out, int message) {
        return with(copy -> {
            copy.outLimit = atLeast(1, out);
            copy.messageLimit = atLeast(1024, message);
        });
    }

    /**
     * Threads to call handlers on; one client's calls never overlap. Default four threads that all clients share, so a
     * handler that blocks for long should have others: virtual threads, for one.
     */
    public ClientOptions executor(Executor threads) {
        return with(copy -> copy.executor = requireNonNull(threads));
    }

    private static Duration positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("Not a time to wait: " + time);
        }
        return time;
    }

    private static int atLeast(int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException("At least " + least + ", not " + value);
        }
        return value;
    }
}
