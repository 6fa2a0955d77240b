package org.pocketsocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Request;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;

/** Pocket's doors without a WebSocket (docs/protocol.md) on plain sockets, with the faults that networks have. */
final class MailRoom {

    /** How long a poll is held, in milliseconds. */
    private static final long HELD = 300;

    /** So many of the next answers do not arrive, though what was asked for is done. */
    final AtomicInteger lostAnswers = new AtomicInteger();

    /** So many of the next posts are to come again later. */
    final AtomicInteger busy = new AtomicInteger();

    /** What was asked, in order: {@code POST /pocket/poll}. */
    final List<String> asked = new ArrayList<>();

    private final Map<String, Visit> visits = new ConcurrentHashMap<>();
    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private final Hub hub;

    MailRoom(Hub hub) {
        this.hub = hub;
    }

    /** Forgets every session, as a server that was started anew. */
    void forget() {
        visits.values().forEach(visit -> hub.disconnect(visit.peer, Reason.LOST));
        visits.clear();
    }

    int sessions() {
        return visits.size();
    }

    /** Answers request after request, until the client hangs up. */
    void serve(Socket socket, HeadReader first) throws IOException, HandshakeException {
        HeadReader head = first;
        InputStream in = socket.getInputStream();
        while (true) {
            int length = Integer.parseInt(
                    head.request().headers().first("Content-Length").orElse("0"));
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(head.rest());
            body.write(in.readNBytes(length - body.size()));
            if (!answer(socket, head.request(), body.toString(UTF_8))) {
                return;
            }
            head = new HeadReader();
            byte[] buffer = new byte[16 * 1024];
            int count = in.read(buffer);
            while (count > 0 && !head.receive(buffer, 0, count)) {
                count = in.read(buffer);
            }
            if (count <= 0) {
                return;
            }
        }
    }

    private boolean answer(Socket socket, Request request, String body) throws IOException {
        synchronized (asked) {
            asked.add(request.method() + " " + request.target() + " " + body);
        }
        if (request.method().equals("GET") && request.target().startsWith("/pocket/events")) {
            stream(socket, request);
            return false;
        }
        boolean door = request.target().matches("/pocket/(poll|events).*");
        String answer = door ? post(request.target().contains("poll"), JsonParts.object(body)) : "404";
        boolean known = answer.startsWith("{");
        if (lostAnswers.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            return false;
        }
        String status = known ? "200 OK" : answer + " No";
        byte[] bytes = (known ? answer : "{}").getBytes(UTF_8);
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nSet-Cookie: route=b; Path=/\r\nContent-Length: " + bytes.length
                                + "\r\n\r\n")
                        .getBytes(UTF_8));
        socket.getOutputStream().write(bytes);
        return true;
    }

    private String post(boolean poll, Map<String, String> post) {
        if (!post.containsKey("session")) {
            return new Visit().opening();
        }
        Visit visit = visits.get(JsonParts.unquote(post.get("session")));
        if (visit == null) {
            return "404";
        } else if (post.containsKey("close")) {
            visits.remove(visit.id);
            hub.disconnect(visit.peer, Reason.CLOSED);
            return "{}";
        } else if (post.containsKey("batch")) {
            return busy.getAndUpdate(count -> Math.max(0, count - 1)) > 0 ? "503" : visit.take(post);
        }
        return poll ? visit.hold(Long.parseLong(post.get("ack"))) : "{}";
    }

    private void stream(Socket socket, Request request) throws IOException {
        String last = request.headers().first("Last-Event-ID").orElse("");
        int dot = last.lastIndexOf('.');
        Visit old = dot < 0 ? null : visits.get(last.substring(0, dot));
        Visit visit = old == null ? new Visit() : old;
        long from = old == null ? 0 : Long.parseLong(last.substring(dot + 1));
        StringBuilder head =
                new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\r\n\r\n");
        if (old == null) {
            head.append("id: " + visit.id + ".0\nevent: session\ndata: " + visit.opening() + "\n\n");
        }
        socket.getOutputStream().write(head.toString().getBytes(UTF_8));
        visit.stream(socket, from);
    }

    private final class Visit implements Wire {

        private final String id = "v\u00e9" + visits.size() + "-" + System.nanoTime();
        private final List<String> mail = new ArrayList<>();
        private final Peer peer;
        private Goodbye goodbye;
        private long batch;
        private int turn;

        Visit() {
            visits.put(id, this);
            peer = hub.connect(new Handshake("127.0.0.1", 1, Map.of(), Map.of(), Identity.ANONYMOUS), codec, this);
        }

        String opening() {
            return "{\"session\":" + JsonParts.quote(id) + ",\"last\":0,\"messages\":[]}";
        }

        synchronized String take(Map<String, String> post) {
            long number = Long.parseLong(post.get("batch"));
            if (number > batch + 1) {
                return "409";
            } else if (number == batch + 1) {
                batch++;
                JsonParts.array(post.get("messages"))
                        .forEach(text -> hub.receive(peer, codec.decode(JsonParts.unquote(text))));
            }
            peer.heard();
            return "{\"batch\":" + number + "}";
        }

        synchronized String hold(long from) {
            int mine = ++turn;
            notifyAll();
            await(from, mine, HELD);
            List<String> more = mine == turn ? mail.subList((int) from, mail.size()) : List.of();
            return "{\"last\":" + (from + more.size()) + ",\"messages\":"
                    + more.stream().map(JsonParts::quote).collect(Collectors.joining(",", "[", "]"))
                    + Optional.ofNullable(goodbye)
                            .map(bye -> ",\"close\":{\"code\":" + bye.code() + ",\"reason\":\"" + bye.reason() + "\"}")
                            .orElse("")
                    + "}";
        }

        private void await(long from, int mine, long millis) {
            long deadline = System.nanoTime() + millis * 1_000_000;
            while (mail.size() <= from && goodbye == null && mine == turn && System.nanoTime() < deadline) {
                try {
                    wait(20);
                } catch (InterruptedException e) {
                    throw new UncheckedIOException(new InterruptedIOException());
                }
            }
        }

        void stream(Socket socket, long from) throws IOException {
            long at = from;
            int mine;
            synchronized (this) {
                mine = ++turn;
            }
            while (!socket.isClosed()) {
                StringBuilder events = new StringBuilder(": still here\n\n");
                synchronized (this) {
                    await(at, mine, HELD);
                    if (mine != turn) {
                        return;
                    }
                    for (String text : mail.subList((int) at, mail.size())) {
                        events.append("id: " + id + "." + ++at + "\ndata: " + text.replace("\n", "\ndata: ") + "\n\n");
                    }
                    if (goodbye != null) {
                        events.append("event: close\ndata: {\"code\":" + goodbye.code() + ",\"reason\":\""
                                + goodbye.reason() + "\"}\n\n");
                    }
                }
                socket.getOutputStream().write(events.toString().getBytes(UTF_8));
            }
        }

        @Override
        public synchronized boolean write(Parcel parcel, boolean more, Runnable ready) {
            parcel.texts().stream().filter(text -> !text.isEmpty()).forEach(mail::add);
            notifyAll();
            return true;
        }

        @Override
        public void ping() {}

        @Override
        public synchronized void close(Goodbye why) {
            goodbye = why;
            visits.remove(id);
            notifyAll();
        }
    }
}
