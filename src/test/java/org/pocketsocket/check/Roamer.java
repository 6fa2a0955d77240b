package org.pocketsocket.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.message.JsonParts;

/** A client on a bad line, on a thread of its own: it follows over any door, is cut off in all ways, and comes back. */
final class Roamer implements Runnable {

    private static final int MASK = 0x37FA213D;

    final Diary diary = new Diary();
    final Follower follower;

    private final URI server;
    private final Random random;
    private final Queue<String> mouth = new ConcurrentLinkedQueue<>();
    private final List<Socket> hangingAbout = new ArrayList<>();
    private volatile boolean roaming = true;
    private volatile boolean over;
    private volatile Throwable failure;

    Roamer(URI server, String channel, long seed) {
        this.server = server;
        this.follower = new Follower(channel, diary);
        this.random = new Random(seed);
    }

    /** It is not cut off any more. */
    void settles() {
        roaming = false;
    }

    void ends() {
        over = true;
    }

    Throwable failure() {
        return failure;
    }

    @Override
    public void run() {
        try {
            while (!over) {
                episode();
                follower.ends();
                pause(random.nextInt(10) == 0 ? 3000 : random.nextInt(500));
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        hangingAbout.forEach(Roamer::close);
    }

    private void episode() {
        try {
            switch (random.nextInt(3)) {
                case 0 -> webSocket("/pocket/direct");
                case 1 -> webSocket("/pocket");
                default -> polling();
            }
        } catch (IOException e) {
            // the server is not there, or has cut us off itself
        }
    }

    private long until() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(2000));
    }

    private boolean goesOn(long until) {
        return !over && !(roaming && System.nanoTime() > until);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 2000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    // ---- WebSockets

    private void webSocket(String path) throws IOException {
        Socket socket = connect();
        boolean left = false;
        try {
            socket.setSoTimeout(5000);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
            write(
                    socket,
                    ("GET " + path + " HTTP/1.1\r\nHost: " + server.getHost() + ':' + server.getPort()
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(ISO_8859_1));
            if (!head(in).startsWith("HTTP/1.1 101")) {
                return;
            }
            socket.setSoTimeout(100);
            mouth.clear();
            follower.begins(mouth::add);
            follow(socket, in);
            follower.ends();
            left = cut(socket);
        } finally {
            if (!left) {
                close(socket);
            }
        }
    }

    private void follow(Socket socket, DataInputStream in) throws IOException {
        long until = until();
        while (goesOn(until)) {
            for (String text = mouth.poll(); text != null; text = mouth.poll()) {
                write(socket, frame(Frames.TEXT, text.getBytes(UTF_8)));
            }
            int first;
            try {
                first = in.read();
            } catch (SocketTimeoutException e) {
                continue;
            }
            if (first < 0 || (first & 0xF) == Frames.CLOSE) {
                return;
            }
            socket.setSoTimeout(5000);
            byte[] payload = payload(in);
            socket.setSoTimeout(100);
            if ((first & 0xF) == Frames.TEXT) {
                follower.heard(new String(payload, UTF_8));
            } else if ((first & 0xF) == Frames.PING) {
                write(socket, frame(Frames.PONG, payload));
            }
        }
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        long size = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
        return in.readNBytes((int) size);
    }

    /** Abruptly, in the middle of a frame, as it should be, or not at all: then it hangs about. True for that. */
    private boolean cut(Socket socket) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> socket.setSoLinger(true, 0);
            case 1 -> {
                byte[] frame = frame(Frames.TEXT, "{\"message\":\"never\"}".getBytes(UTF_8));
                write(socket, java.util.Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 1)));
            }
            case 2 -> write(socket, frame(Frames.CLOSE, new byte[] {3, (byte) 232}));
            default -> {
                hangingAbout.add(socket);
                return true;
            }
        }
        return false;
    }

    private static byte[] frame(int opcode, byte[] payload) {
        return Frames.masked(Frames.FIN | opcode, payload, MASK);
    }

    // ---- long-polling

    private void polling() throws IOException {
        String session = JsonParts.unquote(post("{}").get("session"));
        mouth.clear();
        follower.begins(mouth::add);
        long until = until();
        long batch = 0;
        String ack = "0";
        while (goesOn(until)) {
            for (String text = mouth.poll(); text != null; text = mouth.poll()) {
                batch++;
                post("{\"session\":\"" + session + "\",\"batch\":" + batch + ",\"messages\":[" + JsonParts.quote(text)
                        + "]}");
            }
            Map<String, String> mail;
            try {
                mail = post("{\"session\":\"" + session + "\",\"ack\":" + ack + '}');
            } catch (SocketTimeoutException e) {
                continue; // a poll that broke off: what it would have brought comes again
            }
            if (!mail.containsKey("messages")) {
                return;
            }
            ack = mail.get("last");
            JsonParts.array(mail.get("messages")).forEach(text -> follower.heard(JsonParts.unquote(text)));
            if (mail.containsKey("close")) {
                return;
            }
        }
    }

    /** On a connection of its own; one that takes too long is broken off. */
    private Map<String, String> post(String body) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(1000);
            byte[] bytes = body.getBytes(UTF_8);
            write(
                    socket,
                    ("POST /pocket/poll HTTP/1.1\r\nHost: " + server.getHost() + ':' + server.getPort()
                                    + "\r\nConnection: close\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
            write(socket, bytes);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            String head = head(in);
            int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
            byte[] answer = at < 0
                    ? chunks(in)
                    : in.readNBytes(Integer.parseInt(
                            head.substring(at + 15, head.indexOf('\r', at)).trim()));
            try {
                return JsonParts.object(new String(answer, UTF_8));
            } catch (IllegalArgumentException e) {
                throw new IOException("not whole");
            }
        }
    }

    private static byte[] chunks(DataInputStream in) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        int size = Integer.parseInt(line(in), 16);
        while (size > 0) {
            all.write(in.readNBytes(size));
            line(in);
            size = Integer.parseInt(line(in), 16);
        }
        return all.toByteArray();
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("not whole");
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    // ---- both

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no answer");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is broken anyway
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
