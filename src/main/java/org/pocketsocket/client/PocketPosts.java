package org.pocketsocket.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Http;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Response;
import org.pocketsocket.message.JsonParts;

/**
 * What pocket's client says without a WebSocket (docs/protocol.md): numbered batches, one request at a time. One that
 * breaks off is repeated, and the server handles it once. On the loop only.
 */
final class PocketPosts {

    static final Headers JSON = Headers.of("Content-Type", "application/json");

    /** A batch is closed at so many characters; a message alone may have more. */
    private static final int BATCH = 64 * 1024;

    /** So often is asked again what broke off, after a pause, and after a longer one, before the session is given up. */
    static final int TRIES = 3;

    static final Duration PAUSE = Duration.ofMillis(50);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Engine.Way way;
    private final Ear ear;
    private final Http http;
    private final Queue<String> out = new ArrayDeque<>();
    private @Nullable String session;
    private @Nullable String body;
    private long batch;
    private int size;
    private int waiting;
    private boolean posting;
    private int broken;
    private boolean closing;
    private boolean said;

    /** Who is told. */
    interface Ear {
        void alive();

        void failed(Ending why);
    }

    PocketPosts(Engine.Way way, Ear ear) {
        this.way = way;
        this.ear = ear;
        http = new Http(way.route(), way.cookies());
    }

    /** The session, as JSON; before it nothing can be sent. */
    void begin(String quoted) {
        session = quoted;
        post();
    }

    void send(String text) {
        out.add(text);
        waiting += text.length();
        post();
    }

    int waiting() {
        return waiting;
    }

    /** A batch that the server has already asks for nothing but an answer. */
    void ping() {
        if (!posting && body == null && out.isEmpty() && batch > 0) {
            body = body("[]");
        }
        post();
    }

    private String body(String messages) {
        return "{\"session\":" + session + ",\"batch\":" + batch + ",\"messages\":" + messages + "}";
    }

    private void post() {
        if (posting || session == null) {
            return;
        }
        if (body == null && !out.isEmpty()) {
            body = next();
        } else if (body == null && closing && !said) {
            said = true;
            body = "{\"session\":" + session + ",\"close\":true}";
        }
        if (body != null) {
            posting = true;
            http.call(new Http.Call("POST", way.place(), JSON, body, way.route().opening()), new Posted());
        } else if (closing) {
            http.close();
        }
    }

    private String next() {
        batch++;
        StringBuilder messages = new StringBuilder("[");
        do {
            String text = out.remove();
            size += text.length();
            messages.append(messages.length() > 1 ? "," : "").append(JsonParts.quote(text));
        } while (!out.isEmpty() && messages.length() + out.element().length() < BATCH);
        return body(messages.append(']').toString());
    }

    /** Sends what waits, says goodbye, and ends: within two seconds. */
    void close() {
        if (session == null) {
            http.close();
        } else if (!closing) {
            closing = true;
            Loop.Timer ignored = way.route().loop().after(FAREWELL, http::close);
            post();
        }
    }

    /** The session is over: nothing is to be said any more. */
    void end() {
        closing = true;
        session = null;
        http.close();
    }

    private void fail(Ending why) {
        if (closing) {
            end();
        } else {
            ear.failed(why);
        }
    }

    private final class Posted implements Http.Reply {

        @Override
        public void answered(Response response, byte[] answer) {
            posting = false;
            if (response.status() == 503) { // the batch before is still at work, or too much waits for us
                Loop.Timer ignored = way.route().loop().after(SOON, PocketPosts.this::post);
            } else if (response.status() == 200) {
                body = null;
                waiting -= size;
                size = 0;
                broken = 0;
                ear.alive();
                post();
            } else {
                fail(PocketPolling.refused(way, response));
            }
        }

        @Override
        public void failed(Ending why) {
            posting = false;
            if (broken++ < TRIES) {
                Loop.Timer ignored = way.route().loop().after(PAUSE.multipliedBy(broken), PocketPosts.this::post);
            } else {
                fail(why);
            }
        }
    }
}
