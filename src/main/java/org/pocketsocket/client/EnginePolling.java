package org.pocketsocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Http;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Place;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Response;

/** Engine.IO 4 over polling: one request that waits for packets, and one at a time that brings them. On the loop only. */
final class EnginePolling {

    static final String CLOSE = "1";

    private static final char SEPARATOR = '\u001e';
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain;charset=UTF-8");
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration HELD = Duration.ofMinutes(2);

    private final Engine.Way way;
    private final Engine engine;
    private final Http gets;
    private final Http posts;
    private final Queue<String> out = new ArrayDeque<>();
    private Place place;
    private long most = 1_000_000;
    private int waiting;
    private boolean polling;
    private boolean posting;
    private boolean paused;
    private boolean over;
    private @Nullable Runnable drained;

    EnginePolling(Engine.Way way, Engine engine) {
        this.way = way;
        this.engine = engine;
        gets = new Http(way.route(), way.cookies());
        posts = new Http(way.route(), way.cookies());
        place = way.at("&transport=polling");
        poll(way.route().opening());
    }

    void opened(String session, long maxPayload) {
        place = way.at("&transport=polling&sid=" + session);
        most = maxPayload > 0 ? maxPayload : most;
    }

    private void poll(Duration patience) {
        polling = true;
        gets.call(new Http.Call("GET", place, Headers.NONE, "", patience), new Polled());
    }

    void send(String packet) {
        out.add(packet);
        waiting += packet.length();
        post();
    }

    int waiting() {
        return waiting;
    }

    /** As many packets as the server takes in one body; the last goes alone: servers forget what came along with it. */
    private void post() {
        if (posting || out.isEmpty()) {
            return;
        }
        StringBuilder body = new StringBuilder(out.remove());
        long size = bytes(body);
        while (!out.isEmpty() && !out.element().equals(CLOSE) && size + 1 + bytes(out.element()) <= most) {
            size += 1 + bytes(out.element());
            body.append(SEPARATOR).append(out.remove());
        }
        posting = true;
        posts.call(
                new Http.Call("POST", place, TEXT, body.toString(), way.route().opening()), new Posted(body.length()));
    }

    private static long bytes(CharSequence text) {
        return text.toString().getBytes(UTF_8).length;
    }

    void pause(boolean pausing) {
        paused = pausing;
        if (!paused) {
            pollOn();
        }
    }

    private void pollOn() {
        if (!polling && !paused && !over && drained == null) {
            poll(HELD);
        }
    }

    /** Takes no more, and tells when nothing is on its way either way. */
    void drain(Runnable then) {
        drained = then;
        drained();
    }

    private void drained() {
        Runnable then = drained;
        if (then != null && !polling && !posting && out.isEmpty() && !over) {
            over = true;
            gets.close();
            posts.close();
            then.run();
        }
    }

    /**
     * Takes no more; what waits to be sent may arrive, within two seconds. Until then the request that is held stays: servers
     * end the session of who lets go of it.
     */
    void close() {
        over = true;
        Loop.Timer ignored = way.route().loop().after(FAREWELL, this::abandon);
        finish();
    }

    private void finish() {
        if (over && !posting && out.isEmpty()) {
            abandon();
        }
    }

    /** Ends at once. */
    void abandon() {
        over = true;
        out.clear();
        gets.close();
        posts.close();
    }

    /** Packets, in one body. */
    private final class Polled implements Http.Reply {

        @Override
        public void answered(Response response, byte[] body) {
            polling = false;
            if (response.status() != 200) {
                String location = response.headers().first("Location").orElse("nowhere");
                engine.end(Ending.refused(way.place().toString(), response.status(), location));
                return;
            }
            try {
                for (String packet : Http.text(body).split(String.valueOf(SEPARATOR), -1)) {
                    engine.packet(packet);
                }
            } catch (IllegalArgumentException | ClientException e) {
                engine.end(Ending.protocol(way.place().toString(), String.valueOf(e.getMessage())));
            }
            pollOn();
            drained();
        }

        @Override
        public void failed(Ending why) {
            polling = false;
            engine.end(why);
        }
    }

    /** The server has them. */
    private final class Posted implements Http.Reply {

        private final int size;

        Posted(int size) {
            this.size = size;
        }

        @Override
        public void answered(Response response, byte[] body) {
            posting = false;
            waiting = Math.max(0, waiting - size);
            if (response.status() != 200) {
                fail(Ending.refused(way.place().toString(), response.status(), ""));
                return;
            }
            post();
            drained();
            finish();
        }

        @Override
        public void failed(Ending why) {
            posting = false;
            fail(why);
        }

        private void fail(Ending why) {
            if (over) {
                abandon();
            } else {
                engine.end(why);
            }
        }
    }
}
