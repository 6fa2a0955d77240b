package org.pocketsocket.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A backend that posts to channelstream's {@code /message}, over connections that stay open: each waits for its answer. */
public final class Posting implements AutoCloseable {

    /** What the server is to be started with. */
    public static final String SECRET = "for-the-benchmark";

    private final Target target;
    private final int batch;
    private final byte[] request;
    private final LongAdder answered = new LongAdder();
    private final Samples delays = new Samples();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;
    private volatile String failure = "";

    /** @param batch messages in one request */
    public Posting(Target target, int connections, int batch) {
        this.target = target;
        this.batch = batch;
        this.request = request(batch);
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(this::post, "posting " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private static byte[] request(int batch) {
        String one = "{\"channel\":\"pub_chan\",\"user\":\"ada\",\"message\":{\"text\":\"the quick brown fox\"}}";
        String body = batch == 1 ? one : "[" + String.join(",", Collections.nCopies(batch, one)) + "]";
        String head = "POST /message HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "x-channelstream-secret: " + SECRET + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(ISO_8859_1);
    }

    /** Warms up, measures; may be called again. Messages are counted; the delay is that of a request. */
    public Figures measure(Window window) {
        pass(window.warm());
        synchronized (delays) {
            delays.clear();
        }
        Count count = new Count(target, answered.sum() * batch);
        pass(window.seconds());
        synchronized (delays) {
            Figures figures = count.upTo(answered.sum() * batch, delays);
            if (!failure.isEmpty()) {
                throw new IllegalStateException(failure);
            }
            return figures;
        }
    }

    private static void pass(double seconds) {
        long until = System.nanoTime() + (long) (seconds * SECONDS.toNanos(1));
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void post() {
        try {
            while (!over) {
                connection();
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    private void connection() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", target.port())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            OutputStream out = socket.getOutputStream();
            while (!over) {
                long start = System.nanoTime();
                out.write(request);
                if (!answer(in)) {
                    return; // some servers close a connection after so many requests
                }
                answered.increment();
                synchronized (delays) {
                    delays.add(System.nanoTime() - start);
                }
            }
        }
    }

    /** False: the server had closed. */
    private static boolean answer(InputStream in) throws IOException {
        String status = line(in);
        if (status.isEmpty()) {
            return false;
        }
        int length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        if (!status.contains(" 200 ") || length < 0) {
            throw new IOException("answered: " + status);
        }
        in.skipNBytes(length);
        return true;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(40);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return "";
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        over = true;
        long deadline = System.nanoTime() + SECONDS.toNanos(5);
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
