package org.pocketsocket.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pocketsocket.frame.Agreement;
import org.pocketsocket.frame.FrameHandler;
import org.pocketsocket.frame.FrameReader;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.frame.ServerHandshake;

/** A server that does as it is told, right or wrong, and then reads on and says no more. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private interface Script {
        void run(Socket socket) throws IOException;
    }

    private ScriptedServer(Script script) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    threads.execute(() -> play(socket, script));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void play(Socket socket, Script script) {
        try (socket) {
            script.run(socket);
            byte[] buffer = new byte[1024];
            while (socket.getInputStream().read(buffer) >= 0) {
                // of no interest
            }
        } catch (IOException e) {
            // it was closed
        }
    }

    private static HeadReader request(Socket socket) throws IOException {
        HeadReader head = new HeadReader();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        int count = in.read(buffer);
        while (count > 0 && !head.receive(buffer, 0, count)) {
            count = in.read(buffer);
        }
        if (count <= 0) {
            throw new IOException("gone");
        }
        return head;
    }

    /** Answers every request with this. */
    static ScriptedServer answering(String answer) {
        return new ScriptedServer(socket -> {
            request(socket);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Reads the request and is gone. */
    static ScriptedServer hangingUp() {
        return new ScriptedServer(socket -> {
            request(socket);
            socket.close();
        });
    }

    /** Opens a WebSocket as it should, and then sends this. */
    static ScriptedServer opening(byte[]... frames) {
        return new ScriptedServer(socket -> {
            HeadReader head = request(socket);
            socket.getOutputStream()
                    .write(ServerHandshake.response(
                                    ServerHandshake.verify(head.request()), Agreement.PLAIN, Headers.NONE)
                            .format());
            for (byte[] frame : frames) {
                socket.getOutputStream().write(frame);
            }
        });
    }

    /** The same, noting the texts that the client says. */
    static ScriptedServer noting(BlockingQueue<String> texts, byte[]... frames) {
        return new ScriptedServer(socket -> {
            HeadReader head = request(socket);
            socket.getOutputStream()
                    .write(ServerHandshake.response(
                                    ServerHandshake.verify(head.request()), Agreement.PLAIN, Headers.NONE)
                            .format());
            for (byte[] frame : frames) {
                socket.getOutputStream().write(frame);
            }
            FrameReader reader = new FrameReader(Rules.server(), new Noting(texts));
            reader.read(head.rest(), 0, head.rest().length);
            byte[] buffer = new byte[1024];
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                reader.read(buffer, 0, count);
            }
        });
    }

    private record Noting(BlockingQueue<String> texts) implements FrameHandler {

        @Override
        public void text(String text) {
            texts.add(text);
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

    int port() {
        return server.getLocalPort();
    }

    URI uri() {
        return URI.create("ws://localhost:" + port() + "/pocket");
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
