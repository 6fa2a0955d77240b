package org.pocketsocket.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Http;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Response;

/** Socket.IO 0.9 over xhr-polling: a request that waits for packets, and one at a time that brings them. */
final class OldPolling implements Pipe {

    private static final Headers TEXT = Headers.of("Content-Type", "text/plain;charset=UTF-8");
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration HELD = Duration.ofMinutes(2);
    private static final int AT_ONCE = 100;

    private final Engine.Way way;
    private final Ear ear;
    private final Http gets;
    private final Http posts;
    private final List<String> out = new ArrayList<>();
    private int waiting;
    private boolean opened;
    private boolean polling;
    private boolean posting;
    private boolean paused;
    private boolean over;

    OldPolling(Engine.Way way, Ear ear) {
        this.way = way;
        this.ear = ear;
        gets = new Http(way.route(), way.cookies());
        posts = new Http(way.route(), way.cookies());
        poll(way.route().opening());
    }

    private void poll(Duration patience) {
        polling = true;
        gets.call(new Http.Call("GET", way.place(), Headers.NONE, "", patience), new Reply(false, 0));
    }

    @Override
    public void send(String text) {
        out.add(text);
        waiting += text.length();
        post();
    }

    private void post() {
        if (posting || out.isEmpty()) {
            return;
        }
        List<String> batch = out.subList(0, Math.min(AT_ONCE, out.size()));
        String body = OldPacket.frame(batch);
        int size = batch.stream().mapToInt(String::length).sum();
        batch.clear();
        posting = true;
        posts.call(new Http.Call("POST", way.place(), TEXT, body, way.route().opening()), new Reply(true, size));
    }

    @Override
    public void send(byte[] binary) {
        // there was none then
    }

    @Override
    public boolean ping() {
        return false;
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public void pause(boolean pausing) {
        paused = pausing;
        pollOn();
    }

    private void pollOn() {
        if (!polling && !paused && !over) {
            poll(HELD);
        }
    }

    /**
     * Takes no more; what waits to be sent may arrive, within two seconds. Until then the request that is held stays: servers
     * end the session of who lets go of it.
     */
    @Override
    public void close() {
        over = true;
        Loop.Timer ignored = way.route().loop().after(FAREWELL, this::abandon);
        finish();
    }

    private void finish() {
        if (over && !posting && out.isEmpty()) {
            abandon();
        }
    }

    private void abandon() {
        over = true;
        out.clear();
        gets.close();
        posts.close();
    }

    /** To either request. */
    private final class Reply implements Http.Reply {

        private final boolean posted;
        private final int size;

        Reply(boolean posted, int size) {
            this.posted = posted;
            this.size = size;
        }

        @Override
        public void answered(Response response, byte[] body) {
            done();
            if (response.status() != 200) {
                end(Ending.refused(way.place().toString(), response.status(), ""));
            } else if (posted) {
                post();
                finish();
            } else if (!over) {
                received(Http.text(body));
            }
        }

        private void done() {
            waiting -= size;
            if (posted) {
                posting = false;
            } else {
                polling = false;
            }
        }

        private void received(String body) {
            if (!opened) {
                opened = true;
                ear.opened(OldPolling.this);
            }
            ear.alive();
            try {
                OldPacket.unframe(body).forEach(ear::text);
                pollOn();
            } catch (IllegalArgumentException e) {
                end(Ending.protocol(way.place().toString(), String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void failed(Ending why) {
            done();
            end(why);
        }

        private void end(Ending why) {
            boolean told = over;
            abandon();
            if (!told) {
                ear.ended(why);
            }
        }
    }
}
