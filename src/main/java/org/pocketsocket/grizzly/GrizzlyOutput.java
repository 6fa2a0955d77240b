package org.pocketsocket.grizzly;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.jspecify.annotations.Nullable;

/** Writes to the socket. What is written is not copied: it must not be changed until it has left. */
final class GrizzlyOutput extends ServletOutputStream {

    /** Bytes in one go: the JDK copies them to memory that stays with the thread. */
    private static final int ENOUGH = 64 * 1024;

    private final TCPNIOConnection connection;
    private final SocketChannel channel;
    private final Consumer<Runnable> caller;

    /** All but the last fit into one go. */
    private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>(1);

    private int size;
    private boolean blocked; // the socket takes no more; goes() will come
    private boolean asked; // and somebody wants to know
    private boolean closing;
    private volatile @Nullable WriteListener listener;

    GrizzlyOutput(TCPNIOConnection connection, Consumer<Runnable> caller) {
        this.connection = connection;
        this.channel = (SocketChannel) connection.getChannel();
        this.caller = caller;
    }

    @Override
    public synchronized boolean isReady() {
        asked = blocked;
        return !blocked;
    }

    /** Only when it is ready, as is usual; flushed by itself when it is much. */
    @Override
    public synchronized void write(byte[] from, int at, int length) throws IOException {
        if (size + length > ENOUGH) {
            flush();
        }
        held.add(ByteBuffer.wrap(from, at, length));
        size += length;
        if (size > ENOUGH) {
            flush();
        }
    }

    @Override
    public void write(int one) {
        throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public synchronized void flush() throws IOException {
        while (!blocked && !held.isEmpty()) {
            boolean small = size <= ENOUGH;
            if (small ? !together() : !piecemeal(held.element())) {
                blocked = true;
                connection.enableIOEvent(IOEvent.WRITE);
            }
            held.removeIf(each -> !each.hasRemaining());
        }
        if (held.isEmpty()) {
            size = 0;
        }
    }

    private boolean together() throws IOException {
        if (held.size() == 1) {
            channel.write(held.element());
        } else {
            channel.write(held.toArray(ByteBuffer[]::new));
        }
        return !held.getLast().hasRemaining();
    }

    private boolean piecemeal(ByteBuffer frames) throws IOException {
        int end = frames.limit();
        boolean taken = true;
        while (taken && frames.position() < end) {
            frames.limit(Math.min(end, frames.position() + ENOUGH));
            channel.write(frames);
            taken = !frames.hasRemaining();
            frames.limit(end);
        }
        return taken;
    }

    /** The socket takes more. On a thread that must not be held up. */
    void goes() {
        try {
            if (goesOn()) {
                onWorker(this::tell);
            }
        } catch (IOException e) {
            onWorker(() -> fail(e));
        }
    }

    private void onWorker(Runnable task) {
        connection.getTransport().getWorkerThreadPool().execute(task);
    }

    /** Whether somebody is to be told. */
    private synchronized boolean goesOn() throws IOException {
        blocked = false;
        flush();
        if (!blocked && closing) {
            connection.closeSilently();
        }
        boolean tells = !blocked && asked;
        asked &= !tells;
        return tells;
    }

    private void tell() {
        WriteListener told = listener;
        if (told != null) {
            caller.accept(() -> {
                try {
                    told.onWritePossible();
                } catch (IOException e) {
                    told.onError(e);
                }
            });
        }
    }

    /** The connection has ended, on whatever thread that was. */
    void breaks() {
        boolean ours;
        synchronized (this) {
            ours = closing;
            closing = true;
        }
        if (!ours) {
            fail(new EOFException("the connection has ended"));
        }
    }

    private void fail(IOException failure) {
        WriteListener told = listener;
        if (told != null) {
            caller.accept(() -> told.onError(failure));
        }
    }

    @Override
    public void close() {
        boolean now;
        synchronized (this) {
            closing = true;
            now = !blocked;
        }
        if (now) {
            connection.closeSilently();
        }
    }

    @Override
    public void setWriteListener(WriteListener told) {
        listener = told;
    }
}
