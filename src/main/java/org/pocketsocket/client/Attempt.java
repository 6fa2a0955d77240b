package org.pocketsocket.client;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Pipe;

/** One connection, from the attempt to open it to its end; on the loop only. */
final class Attempt implements Pipe.Ear, Heard.Ear {

    private final Ground ground;
    private final ClientOptions options;
    private final int door;
    private final Ear ear;
    private @Nullable String token;
    private @Nullable Pipe pipe;
    private @Nullable Talk talk;
    private Loop.@Nullable Timer timer;
    private boolean welcome;
    private boolean paused;
    private boolean over;
    private long since;
    private long lastAlive;

    /** Who is told. After {@link #ended} or {@link #refused} nothing more is. */
    interface Ear {
        void welcome(Talk talk, boolean resumed);

        void heard(Heard what);

        /** The server wants a new token: this is it. */
        void fresh(String token);

        void ended(Attempt which, Ending why);

        /** The server will not have us, and says so in its dialect. */
        void refused(ClientException why);
    }

    Attempt(Ground ground, int door, Ear ear) {
        this.ground = ground;
        this.options = ground.options();
        this.door = door;
        this.ear = ear;
    }

    void start() {
        token(this::open, why -> ended(new Ending(Ending.Kind.UNREACHABLE, 0, why)));
    }

    /** Where tokens come from may take its time, and fail. */
    private void token(Consumer<@Nullable String> then, Consumer<String> otherwise) {
        Supplier<String> supplier = options.token;
        if (supplier == null) {
            then.accept(null);
            return;
        }
        ground.loop().workers().execute(() -> {
            try {
                String fresh = supplier.get();
                ground.loop().execute(() -> then.accept(fresh));
            } catch (RuntimeException e) {
                ground.loop().execute(() -> otherwise.accept("No token: " + e.getMessage()));
            }
        });
    }

    private void open(@Nullable String withToken) {
        if (!over) {
            token = withToken;
            Duration time = options.connectTimeout; // the pipe, which knows more, speaks first
            timer = ground.loop()
                    .after(
                            time.plusMillis(50),
                            () -> fail(late("was not ready", time).elsewhere()));
            pipe = ground.dialect().doors().get(door).open(ground.route(), ground.cookies(), this);
        }
    }

    @Override
    public void opened(Pipe opened) {
        pipe = opened;
        talk = ground.dialect().begin(opened, token, this);
        talk.start();
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
        if (over || talk == null) {
            return;
        }
        try {
            reading.accept(talk);
        } catch (IllegalArgumentException | ClientException e) {
            fail(Ending.protocol("The server", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void alive() {
        lastAlive = System.nanoTime();
    }

    @Override
    public void ended(Ending why) {
        if (!over) {
            over = true;
            stop();
            ear.ended(this, why);
        }
    }

    @Override
    public void heard(Heard what) {
        if (over) {
            return;
        }
        if (what instanceof Heard.Welcome words) {
            welcome(words);
        } else if (what instanceof Heard.TokenWanted) {
            refresh();
        } else if (what instanceof Heard.Failed no && !welcome) {
            close();
            ear.refused(no.why());
        } else {
            ear.heard(what);
        }
    }

    private void welcome(Heard.Welcome words) {
        if (!welcome && talk != null) {
            stop();
            welcome = true;
            since = System.nanoTime();
            timer = ground.loop().after(options.pingInterval, this::beat);
            ear.welcome(talk, words.resumed());
        }
    }

    private void refresh() {
        token(
                fresh -> {
                    if (fresh != null && !over) {
                        ear.fresh(fresh);
                    }
                },
                why -> ear.heard(new Heard.Failed(0, "", ClientException.of(ClientException.Kind.REFUSED, why))));
    }

    /** Silence is followed by a ping; silence after that is death. */
    private void beat() {
        long silent = System.nanoTime() - lastAlive;
        boolean asks = silent >= options.pingInterval.toNanos() && !paused && pipe != null && pipe.ping();
        if (!asks) {
            timer = ground.loop().after(options.pingInterval, this::beat);
            return;
        }
        long asked = lastAlive;
        timer = ground.loop().after(options.pingTimeout, () -> {
            if (lastAlive == asked && !paused) {
                fail(late("gave no sign of life", options.pingTimeout));
            } else {
                beat();
            }
        });
    }

    private static Ending late(String what, Duration time) {
        return new Ending(Ending.Kind.TIMEOUT, 0, "The server " + what + " within " + time.toMillis() + " ms");
    }

    private void fail(Ending why) {
        if (!over) {
            close();
            ear.ended(this, why);
        }
    }

    /** Whether the server was ready to talk. */
    boolean wasWelcome() {
        return welcome;
    }

    /** Whether it was so for that long. */
    boolean lasted(Duration time) {
        return welcome && System.nanoTime() - since >= time.toNanos();
    }

    int waiting() {
        return pipe == null ? 0 : pipe.waiting();
    }

    void pause(boolean pressed) {
        paused = pressed;
        alive();
        if (pipe != null) {
            pipe.pause(pressed);
        }
    }

    /** Ends it; nothing is told any more. */
    void close() {
        over = true;
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
