package org.pocketsocket.client;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Http;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.frame.Response;
import org.pocketsocket.message.JsonParts;

/** Pocket over long-polling: one request always waits for what comes. What breaks off is asked for again. */
final class PocketPolling implements Pipe {

    private static final Duration HELD = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Engine.Way way;
    private final Ear ear;
    private final Http http;
    private final PocketPosts posts;
    private @Nullable String session;
    private long last;
    private boolean polling;
    private boolean paused;
    private int broken;
    private boolean over;

    /** Begins to open a session. */
    PocketPolling(Engine.Way way, Ear ear) {
        this.way = way;
        this.ear = ear;
        http = new Http(way.route(), way.cookies());
        posts = new PocketPosts(way, new Sent());
        ask("{}", way.route().opening());
    }

    private void ask(String body, Duration patience) {
        polling = true;
        http.call(new Http.Call("POST", way.place(), PocketPosts.JSON, body, patience), new Polled());
    }

    private void poll() {
        if (!polling && !paused && !over) {
            ask("{\"session\":" + session + ",\"ack\":" + last + "}", HELD);
        }
    }

    @Override
    public void send(String text) {
        posts.send(text);
    }

    /** Pocket has none. */
    @Override
    public void send(byte[] binary) {
        throw new IllegalStateException("there are no bytes in pocket");
    }

    @Override
    public boolean ping() {
        posts.ping();
        return true;
    }

    @Override
    public int waiting() {
        return posts.waiting();
    }

    @Override
    public void pause(boolean pausing) {
        paused = pausing;
        if (session != null) {
            poll();
        }
    }

    @Override
    public void close() {
        over = true;
        http.close();
        posts.close();
    }

    private void end(Ending why) {
        if (!over) {
            over = true;
            http.close();
            posts.end();
            ear.ended(why);
        }
    }

    /** An answer that is none. Where there was a session and is none any more, a new one may be had. */
    static Ending refused(Engine.Way way, Response response) {
        String location = response.headers().first("Location").orElse("nowhere");
        return Ending.refused(way.place().toString(), response.status(), location);
    }

    private void take(Map<String, String> mail) {
        if (session == null) {
            session = mail.getOrDefault("session", "\"\"");
            posts.begin(session);
            ear.opened(this);
        }
        for (String message : JsonParts.array(mail.getOrDefault("messages", "[]"))) {
            if (!over) {
                ear.text(JsonParts.unquote(message));
            }
        }
        last = Math.max(last, Pocket.number(mail, "last"));
        if (mail.containsKey("close")) {
            end(goodbye(way, mail.get("close")));
        }
    }

    /** The server's, from {@code {"code":…,"reason":…}}. */
    static Ending goodbye(Engine.Way way, String json) {
        Map<String, String> words = JsonParts.object(json);
        int code = (int) Pocket.number(words, "code");
        return Ending.closed(way.place().toString(), code, Pocket.string(words, "reason"));
    }

    private final class Polled implements Http.Reply {

        @Override
        public void answered(Response response, byte[] body) {
            polling = false;
            if (session != null && response.status() == 503) {
                Loop.Timer ignored = way.route().loop().after(SOON, PocketPolling.this::poll);
                return;
            } else if (response.status() != 200) {
                end(refused(way, response));
                return;
            }
            broken = 0;
            ear.alive();
            try {
                take(JsonParts.object(Http.text(body)));
            } catch (IllegalArgumentException e) {
                end(Ending.protocol(way.place().toString(), String.valueOf(e.getMessage())));
            }
            poll();
        }

        @Override
        public void failed(Ending why) {
            polling = false;
            if (session == null || broken++ == PocketPosts.TRIES) {
                end(why);
            } else {
                Duration pause = PocketPosts.PAUSE.multipliedBy(broken);
                Loop.Timer ignored = way.route().loop().after(pause, PocketPolling.this::poll);
            }
        }
    }

    private final class Sent implements PocketPosts.Ear {

        @Override
        public void alive() {
            ear.alive();
        }

        @Override
        public void failed(Ending why) {
            end(why);
        }
    }
}
