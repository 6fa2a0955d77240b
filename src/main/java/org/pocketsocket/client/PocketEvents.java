package org.pocketsocket.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.EventStream;
import org.pocketsocket.client.net.Http;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Response;
import org.pocketsocket.message.JsonParts;

/** Pocket over Server-Sent Events: one answer that never ends, and posts for the way back. A stream that breaks off goes on. */
final class PocketEvents implements Pipe {

    /** Servers send a comment every now and then; a stream that is silent for longer is opened anew. */
    private static final Duration QUIET = Duration.ofSeconds(70);

    private static final Headers STREAM =
            Headers.of("Accept", "text/event-stream").with("Cache-Control", "no-cache");

    private final Engine.Way way;
    private final Ear ear;
    private final Http http;
    private final PocketPosts posts;
    private EventStream events;
    private @Nullable String session;
    private String last = "";
    private Loop.@Nullable Timer watchdog;
    private int broken;
    private boolean over;

    /** Begins to open a session. */
    PocketEvents(Engine.Way way, Ear ear) {
        this.way = way;
        this.ear = ear;
        http = new Http(way.route(), way.cookies());
        posts = new PocketPosts(way, new Sent());
        events = new EventStream(way.route().message(), this::event);
        ask();
    }

    private void ask() {
        if (over) {
            return;
        }
        events = new EventStream(way.route().message(), this::event);
        Headers headers = last.isEmpty() ? STREAM : STREAM.with("Last-Event-ID", last);
        http.call(new Http.Call("GET", way.place(), headers, "", way.route().opening()), new Stream());
    }

    private void event(String name, String id, String data) {
        if (over) {
            return;
        }
        last = id;
        switch (name) {
            case "" -> ear.text(data);
            case "session" -> opened(JsonParts.object(data).getOrDefault("session", "\"\""));
            case "close" -> end(PocketPolling.goodbye(way, data));
            default -> {}
        }
    }

    private void opened(String named) {
        if (session == null) {
            session = named;
            posts.begin(named);
            ear.opened(this);
        } else if (!session.equals(named)) {
            end(new Ending(Ending.Kind.UNREACHABLE, 0, way.place() + " does not know the session any more"));
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
    public void pause(boolean paused) {
        http.pause(paused);
        if (paused) {
            relax();
        } else if (session != null && !over) {
            watch();
        }
    }

    @Override
    public void close() {
        over = true;
        relax();
        http.close();
        posts.close();
    }

    private void end(Ending why) {
        if (!over) {
            over = true;
            relax();
            http.close();
            posts.end();
            ear.ended(why);
        }
    }

    private void watch() {
        relax();
        watchdog = way.route().loop().after(QUIET, () -> {
            http.close();
            ask();
        });
    }

    private void relax() {
        if (watchdog != null) {
            watchdog.cancel();
        }
    }

    /** It broke off, or came to its end: the next one goes on where it was. */
    private void again(Ending why) {
        relax();
        if (session == null || broken++ == PocketPosts.TRIES) {
            end(why);
        } else {
            Duration pause = PocketPosts.PAUSE.multipliedBy(broken);
            Loop.Timer ignored = way.route().loop().after(pause, this::ask);
        }
    }

    private final class Stream implements Http.Reply {

        @Override
        public boolean takes(Response response, byte[] bytes, int offset, int length) {
            String type = response.headers().first("Content-Type").orElse("");
            if (response.status() != 200 || !type.startsWith("text/event-stream")) {
                return false;
            }
            broken = 0;
            ear.alive();
            watch();
            events.receive(bytes, offset, length);
            return true;
        }

        @Override
        public void answered(Response response, byte[] body) {
            if (response.status() != 200) {
                end(PocketPolling.refused(way, response));
            } else if (body.length > 0) {
                end(new Ending(Ending.Kind.HANDSHAKE, 0, way.place() + " answers with something else than events"));
            } else {
                again(new Ending(Ending.Kind.UNREACHABLE, 0, way.place() + " ended the stream of events"));
            }
        }

        @Override
        public void failed(Ending why) {
            again(why);
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
