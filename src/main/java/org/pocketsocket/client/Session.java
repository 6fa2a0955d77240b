package org.pocketsocket.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.client.net.Cookies;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.client.net.Route;
import org.pocketsocket.message.JsonParts;

/**
 * A client's conversation with a server, over as many connections as it takes: connects, notices a dead server, waits,
 * connects again. What is said lives in {@link Traffic}.
 */
final class Session {

    /** A connection that lasted this long was a good one: the next waiting time is short again. */
    private static final Duration STABLE = Duration.ofSeconds(5);

    /** Close codes after which nobody should come back: all was said, or we are at fault, or not wanted. */
    private static final Set<Integer> FINAL = Set.of(1000, 1002, 1003, 1007, 4001, 4003);

    private final Loop loop = Loop.enter();
    private final Serial serial;
    private final ClientOptions options;
    private final Dialect dialect;
    private final Face face;
    private final Traffic traffic;
    private final Route route;
    private final Cookies cookies = new Cookies();
    private final Backoff backoff;
    private final AtomicInteger out = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile ClientState state = ClientState.CONNECTING;
    private volatile int waiting;
    private @Nullable Attempt attempt;
    private int door;
    private int failures;
    private boolean wasOpen;

    Session(ClientOptions options, Dialect dialect, Face face) {
        this.options = options;
        this.dialect = dialect;
        this.face = face;
        serial = new Serial(options.executor == null ? loop.handlers() : options.executor, this::press);
        traffic = new Traffic(loop, serial, options, dialect, face);
        route = new Route(
                loop, options.headers, options.proxy, Trust.of(options), options.connectTimeout, options.messageLimit);
        backoff = new Backoff(options.reconnectLeast, options.reconnectMost, () -> ThreadLocalRandom.current()
                .nextDouble());
        options.cookies.forEach(cookies::set);
    }

    /** Begins to connect. */
    void start() {
        loop.execute(this::connect);
    }

    ClientState state() {
        return state;
    }

    Serial serial() {
        return serial;
    }

    // --- what the application says, on any thread

    /**
     * Says it, now or when there is a connection.
     *
     * @throws ClientException when too much waits already, or the client is closed
     */
    void say(Say what) {
        if (state == ClientState.CLOSED) {
            throw ClientException.of(Kind.CLOSED, "The client is closed");
        }
        require(what);
        later(what.size(), () -> traffic.say(what));
    }

    /** Asks; {@code what} gets the id. */
    void ask(Asked what, Consumer<Heard.Answered> done, Consumer<ClientException> failed) {
        Say sized = what.with(0);
        try {
            require(sized);
        } catch (ClientException e) {
            failed.accept(e);
            return;
        }
        later(sized.size(), () -> traffic.ask(what.with(traffic.nextId()), done, failed));
    }

    /** Something to say that needs an id. */
    interface Asked {
        Say with(long id);
    }

    void join(String channel, Map<String, String> data, Consumer<Heard.Answered> done, Consumer<ClientException> no) {
        loop.execute(() -> traffic.join(channel, data, done, no));
    }

    void leave(String channel, Consumer<Heard.Answered> done, Consumer<ClientException> no) {
        loop.execute(() -> traffic.leave(channel, done, no));
    }

    private void require(Say what) {
        if (out.get() + waiting + what.size() > options.outLimit && out.get() + waiting > 0) {
            loop.execute(this::measure);
            throw ClientException.of(
                    Kind.FULL, "More than " + options.outLimit + " bytes wait to be sent already: try again soon");
        }
    }

    private void later(int size, Runnable task) {
        out.addAndGet(size);
        loop.execute(() -> {
            out.addAndGet(-size);
            task.run();
            measure();
        });
    }

    private void measure() {
        waiting = attempt == null || attempt.pipe == null ? 0 : attempt.pipe.waiting();
    }

    /** Ends, and waits until it has: three seconds at most. More than once does no harm. */
    void close() {
        loop.execute(() -> end(ClientException.of(Kind.CLOSED, "The client was closed")));
        try {
            boolean ignored = ended.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- connecting, on the loop

    private void connect() {
        if (state == ClientState.CLOSED) {
            return;
        }
        become(ClientState.CONNECTING, Optional.empty());
        Attempt next = new Attempt();
        attempt = next;
        token(next::open, why -> next.ended(new Ending(Ending.Kind.UNREACHABLE, 0, why)));
    }

    /** Where tokens come from may take its time, and fail. */
    private void token(Consumer<@Nullable String> then, Consumer<String> otherwise) {
        Supplier<String> supplier = options.token;
        if (supplier == null) {
            then.accept(null);
            return;
        }
        loop.workers().execute(() -> {
            try {
                String token = supplier.get();
                loop.execute(() -> then.accept(token));
            } catch (RuntimeException e) {
                loop.execute(() -> otherwise.accept("No token: " + e.getMessage()));
            }
        });
    }

    private void become(ClientState next, Optional<ClientException> why) {
        if (state != next) {
            state = next;
            serial.execute(() -> face.state(next, why));
        }
    }

    private void press(boolean pressed) {
        loop.execute(() -> {
            if (attempt != null) {
                attempt.pause(pressed);
            }
        });
    }

    private void lost(Attempt of, Ending why) {
        attempt = null;
        boolean opened = of.talk != null && of.welcomed;
        traffic.lost();
        if (!opened && why.kind() != Ending.Kind.UNREACHABLE && hasNextDoor(why)) {
            door++;
            connect();
            return;
        }
        door = opened ? door : 0;
        failures = opened && of.lasted() ? 1 : failures + 1;
        if (isFinal(why) || failures > options.attempts) {
            end(ClientException.of(why));
            return;
        }
        become(ClientState.WAITING, Optional.of(ClientException.of(why)));
        Loop.Timer ignored = loop.after(backoff.next(failures), this::connect);
    }

    private boolean hasNextDoor(Ending why) {
        boolean elsewhere = why.kind() == Ending.Kind.HANDSHAKE
                || (why.kind() == Ending.Kind.REFUSED && why.code() != 401 && why.code() != 403 && why.code() != 407);
        return elsewhere && door + 1 < dialect.doors().size();
    }

    /** A server that was good once may be away for a while, and something else may answer in its place. */
    private boolean isFinal(Ending why) {
        return switch (why.kind()) {
            case CLOSED -> FINAL.contains(why.code());
            case REFUSED -> why.code() == 401 || why.code() == 403 || (!wasOpen && why.code() < 500);
            case HANDSHAKE, TLS, PROTOCOL -> !wasOpen;
            case UNREACHABLE, TIMEOUT -> false;
        };
    }

    private void end(ClientException why) {
        if (state == ClientState.CLOSED) {
            return;
        }
        if (attempt != null) {
            attempt.close();
            attempt = null;
        }
        traffic.end(why);
        become(ClientState.CLOSED, Optional.of(why));
        ended.countDown();
        loop.leave();
    }

    /** One connection, from the attempt to open it to its end. */
    private final class Attempt implements Pipe.Ear, Heard.Ear {

        private @Nullable String token;
        private @Nullable Pipe pipe;
        private @Nullable Talk talk;
        private Loop.@Nullable Timer timer;
        private boolean welcomed;
        private boolean paused;
        private long since;
        private long lastAlive;

        void open(@Nullable String withToken) {
            if (attempt != this) {
                return;
            }
            token = withToken;
            long millis = options.connectTimeout.toMillis();
            timer = loop.after(options.connectTimeout, () -> fail("The server was not ready", millis));
            pipe = dialect.doors().get(door).open(route, cookies, this);
        }

        @Override
        public void opened(Pipe opened) {
            pipe = opened;
            talk = dialect.begin(opened, token, this);
        }

        @Override
        public void text(String text) {
            read(with -> with.text(text));
        }

        @Override
        public void binary(byte[] bytes) {
            read(with -> with.binary(bytes));
        }

        private void read(Consumer<Talk> reading) {
            alive();
            if (attempt != this || talk == null) {
                return;
            }
            try {
                reading.accept(talk);
            } catch (IllegalArgumentException | ClientException e) {
                close();
                ended(Ending.protocol("The server", String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void alive() {
            lastAlive = System.nanoTime();
        }

        @Override
        public void ended(Ending why) {
            if (attempt == this) {
                stop();
                lost(this, why);
            }
        }

        @Override
        public void heard(Heard what) {
            if (attempt != this) {
                return;
            }
            if (what instanceof Heard.Welcome welcome) {
                welcome(welcome);
            } else if (what instanceof Heard.TokenWanted) {
                refresh();
            } else if (what instanceof Heard.Failed no && !welcomed) {
                Session.this.end(no.why());
            } else {
                traffic.heard(what);
            }
        }

        private void welcome(Heard.Welcome welcome) {
            if (welcomed || talk == null) {
                return;
            }
            stop();
            welcomed = true;
            wasOpen = true;
            since = System.nanoTime();
            become(ClientState.OPEN, Optional.empty());
            traffic.welcome(talk, welcome.resumed());
            timer = loop.after(options.pingInterval, this::beat);
        }

        private void refresh() {
            token(
                    fresh -> {
                        if (fresh != null) {
                            Map<String, String> data = Map.of("token", JsonParts.quote(fresh));
                            traffic.ask(new Say.Command("", "token", data, traffic.nextId()), done -> {}, face::fault);
                        }
                    },
                    why -> face.fault(ClientException.of(Kind.UNREACHABLE, why)));
        }

        /** Silence is followed by a ping; silence after that is death. */
        private void beat() {
            long silent = System.nanoTime() - lastAlive;
            boolean asks = silent >= options.pingInterval.toNanos() && !paused && pipe != null && pipe.ping();
            if (!asks) {
                timer = loop.after(options.pingInterval, this::beat);
                return;
            }
            long asked = lastAlive;
            timer = loop.after(options.pingTimeout, () -> {
                if (lastAlive == asked && !paused) {
                    fail("The server gave no sign of life", options.pingTimeout.toMillis());
                } else {
                    beat();
                }
            });
        }

        private void fail(String what, long millis) {
            close();
            ended(new Ending(Ending.Kind.TIMEOUT, 0, what + " within " + millis + " ms"));
        }

        boolean lasted() {
            return System.nanoTime() - since >= STABLE.toNanos();
        }

        void pause(boolean pressed) {
            paused = pressed;
            alive();
            if (pipe != null) {
                pipe.pause(pressed);
            }
        }

        void close() {
            stop();
            if (pipe != null) {
                pipe.close();
            }
        }

        private void stop() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
