package org.pocketsocket.direct;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Deflate;
import org.pocketsocket.frame.FrameHandler;
import org.pocketsocket.frame.FrameReader;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.frame.ProtocolException;
import org.pocketsocket.servlet.AsyncOutput;

/**
 * A WebSocket connection that was HTTP. The container's threads read, no faster than the {@link Guest} handles; writing
 * never blocks. Made by the container, prepared, and then told to {@link #init}.
 */
public final class DirectConnection implements HttpUpgradeHandler, ReadListener {

    /** How long the other side may take to answer our close, or to take it at all. Less than the hub waits at its end. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** The same when it broke the protocol: what it says then cannot be read, so it has time to take our close and no more. */
    private static final Duration DISMISSAL = Duration.ofMillis(250);

    private static final int END = -1;
    private static final int NOTHING = -2;

    private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[16 * 1024]);

    /** Guards the input stream: nobody reads, or asks, once {@link #ended} is set. */
    private final Object gate = new Object();

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicReference<Reading> reading = new AtomicReference<>(Reading.WAITING);
    private volatile @Nullable Upgrade upgrade; // none before and after
    private @Nullable WebConnection connection;
    private @Nullable ServletInputStream in;
    private @Nullable AsyncOutput out;
    private volatile @Nullable FrameReader reader;
    private volatile @Nullable Guest guest;
    private volatile int closeCode; // that the other side sent

    /** Who reads: nobody until data comes, a thread of the container, or nobody until the guest wants more. */
    private enum Reading {
        WAITING,
        BUSY,
        PARKED
    }

    void prepare(Upgrade by) {
        upgrade = by;
    }

    @Override
    public void init(WebConnection given) {
        connection = given;
        try {
            Upgrade by = requireNonNull(upgrade);
            WebConnection taken = by.connection(given);
            connection = taken;
            out = new AsyncOutput(taken.getOutputStream(), this::abort, this::readOn);
            reader = new FrameReader(by.terms().rules(), new Ears(), by.deflate());
            taken.getOutputStream().setWriteListener(out);
            in = taken.getInputStream();
            guest = by.guest().apply(this);
            if (ended.get()) {
                leave(); // it ended while its guest was made: the server is stopping, say
            }
            in.setReadListener(this);
        } catch (IOException | RuntimeException e) {
            abort();
        }
    }

    @Nullable
    Deflate deflate() {
        Upgrade by = upgrade;
        return by == null ? null : by.deflate();
    }

    // ---- writing

    /** Writes frames; as {@link org.pocketsocket.hub.Wire#write}. */
    public boolean write(byte[] frames, boolean more, Runnable ready) {
        return requireNonNull(out).write(frames, more, ready);
    }

    /** Writes frames between two that {@link #write} was given; of those that wait only the latest matter. */
    public void aside(byte[] frames) {
        requireNonNull(out).ping(frames);
    }

    /** Sends a close frame, and ends the connection when it is answered, or soon if it is not. */
    public void close(int code, String reason) {
        close(code, reason, FAREWELL);
    }

    private void close(int code, String reason, Duration patience) {
        if (beginsToClose(patience)) {
            requireNonNull(out).end(Frames.close(code, reason), () -> {});
        }
    }

    /** True for the first who asks; the end comes after this time if not before. */
    private boolean beginsToClose(Duration patience) {
        Upgrade by = upgrade;
        if (by == null || !closing.compareAndSet(false, true)) {
            return false;
        }
        by.timer().accept(patience, () -> {
            abort();
            by.cable().cut();
        });
        return true;
    }

    /** Ends the connection; what was written already may still leave, if it does so soon. */
    public void abort() {
        Upgrade by = upgrade;
        if (ends()) {
            release();
            leave();
            if (by != null) {
                by.timer().accept(FAREWELL, by.cable()::cut);
            }
            upgrade = null; // the server may remember us for long: what we held must not stay with us
        }
    }

    /**
     * True for the first who asks; and from here on nobody touches the streams. Payara and GlassFish give them to the next
     * connection as soon as this one is closed: a frame written late would be read by a stranger.
     */
    private boolean ends() {
        synchronized (gate) {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
        }
        AsyncOutput writer = out;
        if (writer != null) {
            writer.stop();
        }
        return true;
    }

    private void leave() {
        Guest leaving = guest;
        if (leaving != null && told.compareAndSet(false, true)) {
            leaving.gone(closeCode);
            guest = Guest.NOBODY;
            reader = null;
        }
    }

    private void release() {
        Deflate deflate = deflate();
        if (deflate != null) {
            deflate.close();
        }
        try {
            requireNonNull(connection).close();
        } catch (Exception e) {
            // it was broken: gone in either case
        }
    }

    // ---- reading

    @Override
    public void onDataAvailable() {
        if (reading.compareAndSet(Reading.WAITING, Reading.BUSY)) {
            read();
        }
    }

    private void readOn() {
        if (reading.compareAndSet(Reading.PARKED, Reading.BUSY)) {
            read();
        }
    }

    private void read() {
        try {
            do {
                reading.set(Reading.BUSY);
                while (wantsMore()) {
                    if (!take()) {
                        return;
                    }
                }
                reading.set(Reading.PARKED); // and look again: what it waits for may have come to pass just now
            } while (wantsMore() && reading.compareAndSet(Reading.PARKED, Reading.BUSY));
        } catch (IOException | RuntimeException e) {
            abort();
        }
    }

    private boolean take() throws IOException {
        byte[] buffer = BUFFER.get();
        int count = fill(buffer);
        if (count == END) {
            abort();
        } else if (count != NOTHING) {
            hear(buffer, count);
        }
        return count != NOTHING;
    }

    /** From {@code isReady() == false} on, another thread may be called at once. */
    private int fill(byte[] buffer) throws IOException {
        synchronized (gate) {
            reading.set(Reading.WAITING);
            if (ended.get() || !requireNonNull(in).isReady()) {
                return NOTHING;
            }
            reading.set(Reading.BUSY);
            return requireNonNull(in).read(buffer);
        }
    }

    private void hear(byte[] buffer, int count) {
        FrameReader current = reader;
        if (current == null) {
            return; // it ended meanwhile
        }
        try {
            current.read(buffer, 0, count);
        } catch (ProtocolException violation) {
            close(violation.code(), requireNonNull(violation.getMessage()), DISMISSAL);
        }
    }

    private boolean wantsMore() {
        return requireNonNull(guest).wantsMore();
    }

    @Override
    public void onAllDataRead() {
        abort();
    }

    @Override
    public void onError(Throwable failure) {
        abort(); // WildFly calls this again and again until the connection is closed
    }

    @Override
    public void destroy() {
        if (in != null) { // or we take over what lies under the connection
            abort();
        }
    }

    /** What the frame reader tells. */
    private final class Ears implements FrameHandler {

        @Override
        public void text(String text) {
            requireNonNull(guest).text(text);
        }

        @Override
        public void binary(byte[] payload) {
            requireNonNull(guest).binary(payload);
        }

        @Override
        public void ping(byte[] payload) {
            requireNonNull(out).pong(Frames.pong(payload));
            requireNonNull(guest).heard();
        }

        @Override
        public void pong(byte[] payload) {
            requireNonNull(guest).heard();
        }

        /** The server ends the TCP connection first (RFC 6455, 7.1.1). */
        @Override
        public void close(int code, String reason) {
            closeCode = code;
            if (beginsToClose(FAREWELL)) {
                requireNonNull(out).end(Frames.close(code, ""), DirectConnection.this::abort);
            } else {
                abort(); // it answered ours
            }
        }
    }
}
