package org.pocketsocket.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network between client and server: passes bytes on, or drops them without a word. As an HTTP proxy it opens tunnels
 * (CONNECT), for those who know the password if there is one.
 */
final class Relay implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final boolean proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile boolean silent;
    private volatile String swallowed = "";
    private volatile String password = "";

    private Relay(int target, boolean proxy) throws IOException {
        this.target = target;
        this.proxy = proxy;
        door = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** To one port of this machine. */
    static Relay to(int port) throws IOException {
        return new Relay(port, false);
    }

    /** To where a CONNECT says. */
    static Relay proxy() throws IOException {
        return new Relay(0, true);
    }

    int port() {
        return door.getLocalPort();
    }

    URI uri(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + port() + path);
    }

    /** From now on nothing arrives any more, and nobody is told, on old lines and new ones. */
    void silence() {
        silent = true;
    }

    /** New lines work again; old ones stay dead, as behind a router that was started anew. */
    void speak() {
        silent = false;
    }

    /** A request with this in its head is never heard of again. */
    void swallowing(String text) {
        swallowed = text;
    }

    Relay askingFor(String authorization) {
        password = authorization;
        return this;
    }

    /** What a proxy was asked. */
    List<String> heads() {
        return heads;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket near) {
        boolean dead = silent;
        try (near;
                Socket far = dead ? new Socket() : open(near)) {
            if (dead || far == null) {
                drop(near.getInputStream());
                return;
            }
            sockets.add(far);
            threads.execute(() -> pass(far, near));
            pass(near, far);
        } catch (IOException e) {
            // gone
        } finally {
            sockets.remove(near);
        }
    }

    /** Null when the proxy said no. */
    private Socket open(Socket near) throws IOException {
        if (!proxy) {
            return new Socket("localhost", target);
        }
        String head = head(near.getInputStream());
        heads.add(head);
        OutputStream out = near.getOutputStream();
        if (!head.contains(password)) {
            out.write("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
            return null;
        }
        String[] place = head.split(" ")[1].split(":");
        Socket far = new Socket(place[0], Integer.parseInt(place[1]));
        out.write("HTTP/1.1 200 Go\r\n\r\n".getBytes(ISO_8859_1));
        return far;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void drop(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            boolean lost = false;
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                lost = lost || silent || isSwallowed(new String(buffer, 0, count, ISO_8859_1));
                if (!lost) {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
            if (!lost && !silent) {
                to.close();
            }
        } catch (IOException e) {
            close(to);
        }
    }

    private boolean isSwallowed(String text) {
        return !swallowed.isEmpty() && text.contains(swallowed);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(Relay::close);
        threads.shutdownNow();
    }
}
