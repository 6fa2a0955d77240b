package org.pocketsocket.client;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.channel.Blueprint;
import org.pocketsocket.frame.Agreement;
import org.pocketsocket.frame.FrameHandler;
import org.pocketsocket.frame.FrameReader;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Request;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.frame.ServerHandshake;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

/** Our hub and our frame engine behind a plain socket: a server within milliseconds. */
final class HubServer implements AutoCloseable {

    private final Json json = new Json();
    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new ArrayList<>();
    private final ServerSocket server;
    private final Hub hub;
    private final boolean secure;
    private final MailRoom mail;
    private volatile boolean webSockets = true;

    static HubServer with(Object... channels) {
        return on(0, Map.of(), null, channels);
    }

    static HubServer on(int port, Map<String, ?> settings, SSLContext tls, Object... channels) {
        try {
            return new HubServer(port, settings, tls, channels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HubServer(int port, Map<String, ?> settings, SSLContext tls, Object... channels) throws IOException {
        Map<String, Object> all = new HashMap<>(Map.of("pocket.announce", 0));
        all.putAll(settings);
        hub = new Hub(Settings.of(all), json, Outside.plain(threads));
        for (Object channel : channels) {
            Blueprint blueprint = Blueprint.of(channel.getClass());
            hub.register(blueprint.name(), blueprint.handler(channel, json));
        }
        mail = new MailRoom(hub);
        secure = tls != null;
        server = secure ? tls.getServerSocketFactory().createServerSocket() : new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2048);
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri() {
        return URI.create((secure ? "wss" : "ws") + "://localhost:" + port() + "/pocket/direct");
    }

    /** Where the application lies. */
    URI base() {
        return uri().resolve("/");
    }

    /** The doors without a WebSocket. */
    MailRoom mail() {
        return mail;
    }

    /** From now on who asks for a WebSocket gets none, as behind some proxies. */
    HubServer withoutWebSockets() {
        webSockets = false;
        return this;
    }

    /** The openings so far. */
    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    int peers() {
        return hub.peers().size();
    }

    org.pocketsocket.ChannelRef channel(String name) {
        return hub.of(name);
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
            socket.setTcpNoDelay(true);
            byte[] buffer = new byte[16 * 1024];
            InputStream in = socket.getInputStream();
            HeadReader head = new HeadReader();
            int count = in.read(buffer);
            while (count > 0 && !head.receive(buffer, 0, count)) {
                count = in.read(buffer);
            }
            if (count <= 0) {
                return;
            }
            synchronized (this) {
                requests.add(head.request());
            }
            if (!webSockets || head.request().headers().first("Upgrade").isEmpty()) {
                mail.serve(socket, head);
                return;
            }
            socket.getOutputStream()
                    .write(ServerHandshake.response(
                                    ServerHandshake.verify(head.request()), Agreement.PLAIN, Headers.NONE)
                            .format());
            new Connection(socket).serve(in, head.rest());
        } catch (IOException | UncheckedIOException | HandshakeException e) {
            // gone
        } finally {
            sockets.remove(socket);
        }
    }

    /** Ends every connection without a word, and takes no more. */
    void kill() {
        try {
            server.close();
            for (Socket socket : sockets) {
                if (!secure) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Cuts the connections, and goes on taking new ones. */
    void cut() {
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells everybody to go, and not to come back. */
    void dismiss() {
        hub.peers().forEach(peer -> peer.close(new Goodbye(4001, "out")));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hub.close();
        threads.shutdownNow();
    }

    private final class Connection implements Wire, FrameHandler {

        private final FrameReader reader = new FrameReader(Rules.server(), this);
        private final Socket socket;
        private final OutputStream out;
        private final Peer peer;
        private volatile boolean closed;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            out = socket.getOutputStream();
            peer = hub.connect(
                    new Handshake("127.0.0.1", socket.getPort(), Map.of(), Map.of(), Identity.ANONYMOUS), codec, this);
        }

        void serve(InputStream in, byte[] rest) throws IOException {
            try {
                reader.read(rest, 0, rest.length);
                byte[] buffer = new byte[16 * 1024];
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    reader.read(buffer, 0, count);
                }
            } finally {
                hub.disconnect(peer, closed ? Reason.CLOSED : Reason.LOST);
            }
        }

        @Override
        public boolean write(Parcel parcel, boolean more, Runnable ready) {
            parcel.texts().forEach(text -> put(Frames.text(text)));
            return true;
        }

        private synchronized void put(byte[] frame) {
            try {
                out.write(frame);
            } catch (IOException e) {
                // it will be noticed
            }
        }

        @Override
        public void ping() {
            put(Frames.ping(new byte[0]));
        }

        @Override
        public void close(Goodbye goodbye) {
            put(Frames.close(goodbye.code(), goodbye.reason()));
        }

        @Override
        public void text(String text) {
            hub.receive(peer, codec.decode(text));
        }

        @Override
        public void binary(byte[] payload) {}

        @Override
        public void ping(byte[] payload) {
            put(Frames.pong(payload));
        }

        @Override
        public void pong(byte[] payload) {
            peer.heard();
        }

        @Override
        public void close(int code, String reason) {
            closed = true;
            put(Frames.close(1000, ""));
            try {
                socket.close();
            } catch (IOException e) {
                // it ends either way
            }
        }
    }
}
