package org.pocketsocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.pocketsocket.frame.Agreement;
import org.pocketsocket.frame.FrameHandler;
import org.pocketsocket.frame.FrameReader;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Request;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.frame.ServerHandshake;

/** A Socket.IO 0.9 server as simple as can be, for one client at a time: notes what comes, says what it is told. */
final class OldServer implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> transports;
    private final int heartbeat;
    private final BlockingQueue<String> toPoll = new LinkedBlockingQueue<>();
    final BlockingQueue<String> got = new LinkedBlockingQueue<>();
    final BlockingQueue<String> paths = new LinkedBlockingQueue<>();
    private volatile OutputStream webSocket;
    private volatile boolean greeted;

    OldServer(String transports) {
        this(transports, 60, 0);
    }

    OldServer(String transports, int heartbeat, int port) {
        this.transports = List.of(transports.split(","));
        this.heartbeat = heartbeat;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri() {
        return URI.create("http://localhost:" + port() + "/");
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] rest = {};
            while (true) {
                HeadReader head = new HeadReader();
                boolean complete = rest.length > 0 && head.receive(rest, 0, rest.length);
                byte[] buffer = new byte[8192];
                while (!complete) {
                    int count = in.read(buffer);
                    if (count < 0) {
                        return;
                    }
                    complete = head.receive(buffer, 0, count);
                }
                Request request = head.request();
                if (request.headers().hasToken("Upgrade", "websocket")) {
                    webSocket(socket, request, head.rest());
                    return;
                }
                rest = answer(socket, request, head.rest());
            }
        } catch (IOException | InterruptedException e) {
            // gone
        } finally {
            sockets.remove(socket);
        }
    }

    private byte[] answer(Socket socket, Request request, byte[] begun) throws IOException, InterruptedException {
        int length =
                request.headers().first("Content-Length").map(Integer::valueOf).orElse(0);
        byte[] body = new byte[length];
        System.arraycopy(begun, 0, body, 0, Math.min(length, begun.length));
        if (begun.length < length) {
            socket.getInputStream().readNBytes(body, begun.length, length - begun.length);
        }
        paths.add(request.target());
        String answer = answer(request, new String(body, UTF_8));
        byte[] bytes = answer.getBytes(UTF_8);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().write(bytes);
        return new byte[0];
    }

    private String answer(Request request, String body) throws InterruptedException {
        if (request.target().startsWith("/socket.io/1/?") || request.target().equals("/socket.io/1/")) {
            greeted = false;
            return "sid:" + (heartbeat == 0 ? "" : heartbeat) + ":60:" + String.join(",", transports);
        } else if (request.method().equals("POST")) {
            OldPacket.unframe(body).forEach(this::received);
            return "1";
        } else if (!greeted) {
            greeted = true;
            return "1::";
        }
        List<String> packets = new ArrayList<>();
        String first = toPoll.poll(5, TimeUnit.SECONDS);
        if (first != null) {
            packets.add(first);
            toPoll.drainTo(packets);
        }
        return packets.isEmpty() ? "8::" : OldPacket.frame(packets);
    }

    private void webSocket(Socket socket, Request request, byte[] rest) throws IOException {
        paths.add(request.target());
        OutputStream out = socket.getOutputStream();
        out.write(ServerHandshake.response(ServerHandshake.verify(request), Agreement.PLAIN, Headers.NONE)
                .format());
        webSocket = out;
        says("1::");
        FrameReader reader = new FrameReader(Rules.server(), new Ears());
        reader.read(rest, 0, rest.length);
        byte[] buffer = new byte[8192];
        for (int count = socket.getInputStream().read(buffer);
                count > 0;
                count = socket.getInputStream().read(buffer)) {
            reader.read(buffer, 0, count);
        }
    }

    private void received(String packet) {
        got.add(packet);
        if (packet.startsWith("1::/none")) {
            says("7::/none:2+0");
        } else if (packet.startsWith("1::/unknown")) {
            says("5::/unknown:{\"name\":\"error\",\"args\":[\"no_such_namespace\",\"no\"]}");
        } else if (packet.startsWith("1::/")) {
            says(packet.replaceFirst("\\?.*", ""));
        }
    }

    /** Says a packet. */
    OldServer says(String packet) {
        OutputStream out = webSocket;
        if (out == null) {
            toPoll.add(packet);
            return this;
        }
        try {
            synchronized (this) {
                out.write(Frames.text(packet));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Cuts all connections. */
    void cut() {
        webSocket = null;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        threads.shutdownNow();
    }

    private final class Ears implements FrameHandler {

        @Override
        public void text(String text) {
            received(text);
        }

        @Override
        public void binary(byte[] payload) {}

        @Override
        public void ping(byte[] payload) {}

        @Override
        public void pong(byte[] payload) {}

        @Override
        public void close(int code, String reason) {}
    }
}
