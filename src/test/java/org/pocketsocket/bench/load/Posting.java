package org.pocketsocket.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Posts to channelstream's {@code /message} as fast as the server answers, over connections that stay open: {@code
 * 127.0.0.1 8001 SECRET [connections] [messages per request] [seconds]}. Says messages and requests per second.
 */
public final class Posting {

    private static final int WARM_UP_SECONDS = 5;

    private final String host;
    private final int port;
    private final byte[] request;
    private final LongAdder answered = new LongAdder();
    private volatile boolean over;

    private Posting(String host, int port, byte[] request) {
        this.host = host;
        this.port = port;
        this.request = request;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int connections = number(arguments, 3, 8);
        int batch = number(arguments, 4, 1);
        int seconds = number(arguments, 5, 10);
        byte[] request = request(arguments[0], arguments[2], batch);
        Posting posting = new Posting(arguments[0], Integer.parseInt(arguments[1]), request);
        double requests = posting.run(connections, seconds);
        System.out.printf(
                "%d connections, %d a request: %.0f messages/s, %.0f requests/s%n",
                connections, batch, requests * batch, requests);
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }

    private static byte[] request(String host, String secret, int batch) {
        String one = "{\"channel\":\"pub_chan\",\"user\":\"ada\",\"message\":{\"text\":\"the quick brown fox\"}}";
        String body = batch == 1 ? one : "[" + String.join(",", java.util.Collections.nCopies(batch, one)) + "]";
        String head = "POST /message HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                + "x-channelstream-secret: " + secret + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(ISO_8859_1);
    }

    private double run(int connections, int seconds) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> {
                while (!over) {
                    post();
                }
            });
            thread.start();
            threads.add(thread);
        }
        new CountDownLatch(1).await(WARM_UP_SECONDS, TimeUnit.SECONDS);
        long before = answered.sum();
        long start = System.nanoTime();
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        double rate = (answered.sum() - before) / ((System.nanoTime() - start) / 1e9);
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return rate;
    }

    private void post() {
        try (Socket socket = new Socket(host, port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            OutputStream out = socket.getOutputStream();
            while (!over) {
                out.write(request);
                if (!answer(in)) {
                    return; // servers close a connection after so many requests: 256 on Payara
                }
                answered.increment();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
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
}
