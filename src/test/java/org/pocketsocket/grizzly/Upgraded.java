package org.pocketsocket.grizzly;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.pocketsocket.servlet.AsyncOutput;

/** The server's end of a connection that was HTTP, and what became of it. */
final class Upgraded implements ReadListener {

    final TCPNIOConnection tcp;
    final WebConnection given;
    final WebConnection connection;
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    volatile boolean ended; // the given one
    volatile boolean over;

    private AsyncOutput out;
    private byte[][] pieces = {};
    private int written;
    private int together;

    private Upgraded(Request request, Response response) throws IOException {
        tcp = (TCPNIOConnection) request.getContext().getConnection();
        given = new Given(request, response);
        connection = GrizzlyConnection.under(given, tcp, Runnable::run);
    }

    /** As Payara does it: the handler is made while the request is served, which ends when its connection does. */
    static final class Handler extends HttpHandler {

        private final CompletableFuture<Upgraded> made;

        Handler(CompletableFuture<Upgraded> made) {
            this.made = made;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            response.suspend();
            response.setStatus(101, "Switching Protocols");
            response.setHeader("Connection", "Upgrade");
            response.setHeader("Upgrade", "bytes");
            try {
                Upgraded upgraded = new Upgraded(request, response);
                if (upgraded.connection == upgraded.given) {
                    response.flush();
                }
                made.complete(upgraded);
            } catch (IOException | RuntimeException e) {
                made.completeExceptionally(e);
            }
        }
    }

    private final class Given implements WebConnection {

        private final Response response;
        private final ServletInputStream in;
        private final ServletOutputStream out;

        Given(Request request, Response response) {
            this.response = response;
            this.in = new Began(request.getNIOInputStream());
            this.out = new Answered(response);
        }

        @Override
        public ServletInputStream getInputStream() {
            return in;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return out;
        }

        @Override
        public void close() {
            response.resume();
            ended = true;
        }
    }

    // ---- what it can do

    /** Everything that comes; and it is told of the end. */
    void echoes() throws IOException {
        ServletOutputStream to = connection.getOutputStream();
        out = new AsyncOutput(to, () -> failures.add(new IOException("broken")), this::goesOn);
        to.setWriteListener(out);
        connection.getInputStream().setReadListener(this);
    }

    boolean writes(byte[] bytes, Runnable ready) {
        return out.write(bytes, false, ready);
    }

    /** One after the other as the socket takes them; so many are followed by another at once. */
    void writesAll(byte[][] all, int atOnce) {
        pieces = all;
        together = atOnce;
        writeOn();
    }

    private void writeOn() {
        boolean ready = true;
        while (ready && written < pieces.length) {
            byte[] next = pieces[written++];
            ready = out.write(next, written % together != 0 && written < pieces.length, this::writeOn);
        }
    }

    private void goesOn() {
        onDataAvailable();
    }

    @Override
    public void onDataAvailable() {
        byte[] buffer = new byte[16 * 1024];
        try {
            ServletInputStream in = connection.getInputStream();
            boolean ready = true;
            while (ready && !over && in.isReady()) {
                int count = in.read(buffer);
                over = count < 0;
                if (count > 0) {
                    ready = out.write(Arrays.copyOf(buffer, count), false, () -> {});
                }
            }
        } catch (IOException e) {
            failures.add(e);
        }
    }

    @Override
    public void onAllDataRead() {
        over = true;
    }

    @Override
    public void onError(Throwable failure) {
        failures.add(failure);
    }

    // ---- the request's streams

    private static final class Began extends ServletInputStream {

        private final InputStream in;

        Began(InputStream in) {
            this.in = in;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("it was given up");
        }
    }

    private static final class Answered extends ServletOutputStream {

        private final Response response;

        Answered(Response response) {
            this.response = response;
        }

        @Override
        public void flush() throws IOException {
            response.flush();
        }

        @Override
        public void write(int one) {
            throw new AssertionError("it was given up");
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("it was given up");
        }
    }
}
