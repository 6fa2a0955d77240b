package org.pocketsocket.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Http;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.client.net.Place;
import org.pocketsocket.client.net.WebSocket;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Response;

/** A session of Socket.IO 0.9: a handshake in HTTP, then a WebSocket or polling, and heartbeats. On the loop only. */
final class OldEngine implements Pipe {

    private final Engine.Way way;
    private final String transport;
    private final Ear ear;
    private final Http start;
    private @Nullable Pipe inner;
    private Loop.@Nullable Timer heart;
    private Loop.@Nullable Timer watchdog;
    private Duration patience = Duration.ZERO;
    private boolean paused;
    private boolean over;

    /**
     * Begins to open one.
     *
     * @param transport as the protocol calls it: {@code websocket} or {@code xhr-polling}
     */
    OldEngine(Engine.Way way, String transport, Ear ear) {
        this.way = way;
        this.transport = transport;
        this.ear = ear;
        start = new Http(way.route(), way.cookies());
        start.call(
                new Http.Call("GET", way.place(), Headers.NONE, "", way.route().opening()), new Handshake());
    }

    /** The first request: {@code sid:heartbeat:close:transport,transport}. The sentences are the original client's. */
    private final class Handshake implements Http.Reply {

        @Override
        public void answered(Response response, byte[] body) {
            start.close();
            String[] parts = Http.text(body).strip().split(":", -1);
            if (response.status() != 200) {
                Ending why = Ending.refused(
                        way.place().toString(),
                        response.status(),
                        response.headers().first("Location").orElse("nowhere"));
                end(new Ending(why.kind(), why.code(), "Could not establish connection: " + why.sentence()));
            } else if (parts.length < 4 || !List.of(parts[3].split(",", -1)).contains(transport)) {
                String sentence = "Could not parse handshake: " + way.place() + " does not offer " + transport;
                end(new Ending(Ending.Kind.HANDSHAKE, 0, sentence));
            } else {
                open(parts[0], parts[1]);
            }
        }

        @Override
        public void failed(Ending why) {
            end(new Ending(why.kind(), why.code(), "Could not start connection: " + why.sentence()));
        }
    }

    private void open(String session, String seconds) {
        if (over) {
            return;
        }
        patience = Duration.ofSeconds(seconds.matches("\\d{1,6}") ? Long.parseLong(seconds) : 0);
        Place place = way.place()
                .at(way.place().path() + transport + "/" + session + way.place().query());
        inner = transport.equals("websocket")
                ? new WebSocket(way.route(), place, way.cookies(), new Inner())
                : new OldPolling(new Engine.Way(way.route(), place, way.cookies()), new Inner());
    }

    /** Two seconds before the server would give us up (SC-2); over polling the polls are the heartbeats (SP-30). */
    private void beat() {
        if (!over && transport.equals("websocket") && patience.compareTo(Duration.ofSeconds(2)) > 0) {
            heart = way.route().loop().after(patience.minusSeconds(2), () -> {
                send("2::");
                beat();
            });
        }
    }

    private void heard() {
        cancel(watchdog);
        ear.alive();
        if (!over && !paused && !patience.isZero() && transport.equals("websocket")) {
            String sentence = way.place() + " gave no sign of life within " + patience.toSeconds() + " s";
            watchdog = way.route().loop().after(patience, () -> end(new Ending(Ending.Kind.TIMEOUT, 0, sentence)));
        }
    }

    @Override
    public void send(String text) {
        if (inner != null) {
            inner.send(text);
        }
    }

    @Override
    public void send(byte[] binary) {
        // the old protocol has none
    }

    @Override
    public boolean ping() {
        return false;
    }

    @Override
    public int waiting() {
        return inner == null ? 0 : inner.waiting();
    }

    @Override
    public void pause(boolean pausing) {
        paused = pausing;
        heard();
        if (inner != null) {
            inner.pause(pausing);
        }
    }

    @Override
    public void close() {
        if (!over) {
            send("0::");
            finish();
        }
    }

    private void end(Ending why) {
        if (!over) {
            finish();
            ear.ended(why);
        }
    }

    private void finish() {
        over = true;
        cancel(heart);
        cancel(watchdog);
        start.close();
        if (inner != null) {
            inner.close();
        }
    }

    private static void cancel(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** What the transport tells. */
    private final class Inner implements Ear {

        @Override
        public void opened(Pipe pipe) {
            inner = pipe;
            heard();
            beat();
            ear.opened(OldEngine.this);
        }

        @Override
        public void text(String text) {
            heard();
            if (text.startsWith("2")) {
                send("2::");
            } else if (text.equals("0") || text.equals("0::")) {
                end(new Ending(Ending.Kind.CLOSED, 1000, way.place() + " ended the session"));
            } else if (text.startsWith("7:::1")) {
                end(new Ending(Ending.Kind.UNREACHABLE, 0, way.place() + " does not know the session any more"));
            } else if (!text.startsWith("8")) {
                ear.text(text);
            }
        }

        @Override
        public void binary(byte[] bytes) {
            ear.binary(bytes);
        }

        @Override
        public void alive() {
            heard();
        }

        /** Closing is the server's right, and says nothing of whether to come back. */
        @Override
        public void ended(Ending why) {
            end(why.kind() == Ending.Kind.CLOSED ? new Ending(why.kind(), 0, why.sentence()) : why);
        }
    }
}
