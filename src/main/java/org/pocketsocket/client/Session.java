package org.pocketsocket.client;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Loop;

/**
 * A client's conversation with a server, over as many connections as it takes: connects, notices a dead server, waits,
 * connects again. What is said lives in {@link Traffic}.
 */
final class Session {

    /** A connection that lasted this long was a good one: the next waiting time is short again. */
    private static final Duration STABLE = Duration.ofSeconds(5);

    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /** Close codes after which nobody should come back: all was said, or we are at fault, or not wanted. */
    private static final Set<Integer> FINAL = Set.of(1000, 1002, 1003, 1007, 4001, 4003);

    private final Loop loop = Loop.enter();
    private final Ground ground;
    private final ClientOptions options;
    private final Face face;
    private final Traffic traffic;
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
        this.face = face;
        Serial serial = new Serial(this::handle, this::press);
        ground = Ground.of(loop, serial, options, dialect);
        traffic = new Traffic(ground, face);
        backoff = new Backoff(options.reconnectLeast, options.reconnectMost, () -> ThreadLocalRandom.current()
                .nextDouble());
    }

    /** On the application's threads; on ours where it has none, or they take no more. */
    private void handle(Runnable turn) {
        try {
            Objects.requireNonNullElse(options.executor, loop.handlers()).execute(turn);
        } catch (RejectedExecutionException e) {
            loop.handlers().execute(turn);
        }
    }

    /** Begins to connect. */
    void start() {
        loop.execute(this::connect);
    }

    ClientState state() {
        return state;
    }

    Serial serial() {
        return ground.serial();
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
        waiting = attempt == null ? 0 : attempt.waiting();
    }

    /** Ends, and waits until all is said and no thread left: a few seconds at most. More than once does no harm. */
    void close() {
        loop.execute(() -> end(ClientException.of(Kind.CLOSED, "The client was closed")));
        try {
            boolean over = loop.isCurrent() || ended.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            if (over) {
                loop.awaitEnd(FAREWELL);
            }
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
        attempt = new Attempt(ground, door, new Keeper());
        attempt.start();
    }

    private void become(ClientState next, Optional<ClientException> why) {
        if (state != next) {
            state = next;
            ground.serial().execute(() -> face.state(next, why));
        }
    }

    private void press() {
        loop.execute(() -> {
            if (attempt != null) {
                attempt.pause(ground.serial().isPressed());
            }
        });
    }

    private void lost(Attempt of, Ending why) {
        attempt = null;
        boolean opened = of.wasWelcome();
        traffic.lost();
        if (!opened && hasNextDoor(why)) {
            door++;
            connect();
            return;
        }
        door = opened ? door : 0;
        failures = of.lasted(STABLE) ? 1 : failures + 1;
        if (isFinal(why) || failures > options.attempts) {
            end(ClientException.of(why));
            return;
        }
        become(ClientState.WAITING, Optional.of(ClientException.of(why)));
        Loop.Timer ignored = loop.after(backoff.next(failures), this::connect);
    }

    private boolean hasNextDoor(Ending why) {
        boolean barred = why.code() == 401 || why.code() == 403 || why.code() == 407;
        return why.met() && !barred && door + 1 < ground.dialect().doors().size();
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
        loop.leave(); // first: who waits for the end waits for the loop's end, too
        ended.countDown();
    }

    /** What an attempt tells. */
    private final class Keeper implements Attempt.Ear {

        @Override
        public void welcome(Talk talk, boolean resumed) {
            wasOpen = true;
            become(ClientState.OPEN, Optional.empty());
            press(); // what came over the connection before may still wait
            traffic.welcome(talk, resumed);
        }

        @Override
        public void heard(Heard what) {
            traffic.heard(what);
        }

        @Override
        public void fresh(String token) {
            traffic.token(token);
        }

        @Override
        public void ended(Attempt which, Ending why) {
            lost(which, why);
        }

        @Override
        public void refused(ClientException why) {
            end(why);
        }
    }
}
