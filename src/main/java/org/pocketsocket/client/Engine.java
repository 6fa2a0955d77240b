package org.pocketsocket.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Cookies;
import org.pocketsocket.client.net.Ending;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.client.net.Place;
import org.pocketsocket.client.net.Route;
import org.pocketsocket.client.net.WebSocket;

/**
 * Engine.IO 4: a session over a WebSocket, over polling, or first the one and then the other. Answers pings, and notices
 * when they do not come. On the loop only.
 */
final class Engine implements Pipe {

    /** How to get to a server. */
    record Way(Route route, Place place, Cookies cookies) {

        Place at(String more) {
            return place.at(place.address().target() + more);
        }
    }

    private static final long LONGEST = Duration.ofDays(1).toMillis();

    private final Way way;
    private final Ear ear;
    private final boolean upgrades;
    private final Queue<Object> held = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private @Nullable EnginePolling polling;
    private Loop.@Nullable Timer watchdog;
    private Duration patience = Duration.ofSeconds(45);
    private boolean holding;
    private boolean over;

    private Engine(Way way, boolean upgrades, Ear ear) {
        this.way = way;
        this.upgrades = upgrades;
        this.ear = ear;
    }

    static Engine overWebSocket(Way way, Ear ear) {
        Engine engine = new Engine(way, false, ear);
        Place place = way.at("&transport=websocket");
        engine.socket = new WebSocket(way.route(), place, way.cookies(), engine.new Socket(false));
        return engine;
    }

    static Engine overPolling(Way way, boolean upgrades, Ear ear) {
        Engine engine = new Engine(way, upgrades, ear);
        engine.polling = new EnginePolling(way, engine);
        return engine;
    }

    // --- out

    @Override
    public void send(String text) {
        put("4" + text);
    }

    @Override
    public void send(byte[] binary) {
        put(binary);
    }

    private void put(Object packet) {
        if (holding) {
            held.add(packet);
        } else if (polling != null) {
            polling.send(
                    packet instanceof byte[] bytes ? "b" + Base64.getEncoder().encodeToString(bytes) : packet + "");
        } else if (socket != null && packet instanceof byte[] bytes) {
            socket.send(bytes);
        } else if (socket != null) {
            socket.send((String) packet);
        }
    }

    /** The server pings here, not we. */
    @Override
    public boolean ping() {
        return false;
    }

    @Override
    public int waiting() {
        int polled = polling == null ? 0 : polling.waiting();
        int kept = held.stream()
                .mapToInt(packet -> packet instanceof byte[] bytes
                        ? bytes.length
                        : packet.toString().length())
                .sum();
        return kept + polled + (socket == null ? 0 : socket.waiting());
    }

    @Override
    public void pause(boolean paused) {
        stopWatchdog();
        if (!paused) {
            heard();
        }
        if (polling != null) {
            polling.pause(paused);
        }
        if (socket != null) {
            socket.pause(paused);
        }
    }

    @Override
    public void close() {
        if (!over) {
            holding = false;
            held.forEach(this::put);
            put(EnginePolling.CLOSE);
            if (polling != null) {
                polling.close();
            }
            finish();
        }
    }

    // --- in

    /** A packet in text: a letter that says what it is, and what it carries. */
    void packet(String packet) {
        heard();
        if (over || packet.isEmpty()) {
            return;
        }
        String body = packet.substring(1);
        switch (packet.charAt(0)) {
            case '0' -> opened(Pocket.objectOf(body));
            case '1' -> end(new Ending(Ending.Kind.CLOSED, 0, way.place() + " ended the session"));
            case '2' -> put("3" + body);
            case '4' -> ear.text(body);
            case 'b' -> ear.binary(Base64.getDecoder().decode(body));
            default -> {} // pongs to pings we do not send, and noops
        }
    }

    private void opened(Map<String, String> terms) {
        long millis = Pocket.number(terms, "pingInterval") + Pocket.number(terms, "pingTimeout");
        patience = millis > 0 ? Duration.ofMillis(Math.min(millis, LONGEST)) : patience;
        heard();
        String session = Pocket.string(terms, "sid");
        if (polling != null) {
            polling.opened(session, Pocket.number(terms, "maxPayload"));
        }
        ear.opened(this);
        String offered = terms.getOrDefault("upgrades", "[]");
        if (!over && upgrades && polling != null && offered.contains("\"websocket\"")) {
            Place place = way.at("&transport=websocket&sid=" + session);
            socket = new WebSocket(way.route(), place, way.cookies(), new Socket(true));
        }
    }

    private void heard() {
        stopWatchdog();
        ear.alive();
        if (!over) {
            long millis = patience.toMillis();
            watchdog = way.route()
                    .loop()
                    .after(
                            patience,
                            () -> end(new Ending(
                                    Ending.Kind.TIMEOUT,
                                    0,
                                    way.place() + " gave no sign of life within " + millis + " ms")));
        }
    }

    private void stopWatchdog() {
        if (watchdog != null) {
            watchdog.cancel();
        }
    }

    void end(Ending why) {
        if (!over) {
            if (polling != null) {
                polling.abandon();
            }
            finish();
            // closing is the server's right, and says nothing of whether to come back
            ear.ended(why.kind() == Ending.Kind.CLOSED ? new Ending(why.kind(), 0, why.sentence()) : why);
        }
    }

    private void finish() {
        over = true;
        stopWatchdog();
        held.clear();
        if (socket != null) {
            socket.close();
        }
    }

    // --- from polling to a WebSocket

    /** The server is ready to go over: what is on its way through polling arrives first. */
    private void upgrade(EnginePolling from, WebSocket to) {
        holding = true;
        from.drain(() -> {
            if (over) {
                return;
            }
            polling = null;
            holding = false;
            to.send("5");
            held.forEach(this::put);
            held.clear();
        });
    }

    /** What the WebSocket tells: it is all there is, or what to upgrade to. */
    private final class Socket implements Ear {

        private boolean probing;

        Socket(boolean probing) {
            this.probing = probing;
        }

        @Override
        public void opened(Pipe pipe) {
            if (probing) {
                pipe.send("2probe");
            }
        }

        @Override
        public void text(String text) {
            WebSocket to = socket;
            EnginePolling from = polling;
            if (!probing) {
                packet(text);
            } else if (text.equals("3probe") && to != null && from != null) {
                probing = false;
                upgrade(from, to);
            }
        }

        @Override
        public void binary(byte[] bytes) {
            heard();
            ear.binary(bytes);
        }

        @Override
        public void alive() {
            // packets tell
        }

        /** An upgrade that fails is no loss: polling goes on. */
        @Override
        public void ended(Ending why) {
            socket = null;
            if (!probing) {
                end(why);
            }
        }
    }
}
