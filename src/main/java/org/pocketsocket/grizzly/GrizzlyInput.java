package org.pocketsocket.grizzly;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.function.Consumer;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.jspecify.annotations.Nullable;

/** Reads from the socket into the reader's own buffer. For one reader at a time, who has set a listener. */
final class GrizzlyInput extends ServletInputStream {

    private final TCPNIOConnection connection;
    private final Consumer<Runnable> caller;

    /** What the client sent before it had our answer. */
    private byte[] early;

    private volatile boolean readable;
    private volatile @Nullable ReadListener listener;

    GrizzlyInput(TCPNIOConnection connection, byte[] early, Consumer<Runnable> caller) {
        this.connection = connection;
        this.early = early;
        this.caller = caller;
    }

    /** Something can be read, if only that nothing will come any more. */
    void comes() {
        readable = true;
        ReadListener told = listener;
        if (told != null) {
            caller.accept(() -> tell(told));
        }
    }

    private static void tell(ReadListener listener) {
        try {
            listener.onDataAvailable();
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public boolean isReady() {
        if (readable || early.length > 0) {
            return true;
        }
        try {
            connection.enableIOEvent(IOEvent.READ);
            return false;
        } catch (IOException e) {
            return true; // reading will say so, too
        }
    }

    /** May answer 0: it was less than it looked. */
    @Override
    public int read(byte[] to, int at, int length) throws IOException {
        if (early.length > 0) {
            int count = Math.min(length, early.length);
            System.arraycopy(early, 0, to, at, count);
            early = Arrays.copyOfRange(early, count, early.length);
            return count;
        }
        int count = ((ReadableByteChannel) connection.getChannel()).read(ByteBuffer.wrap(to, at, length));
        if (count >= 0 && count < length) {
            readable = false;
        }
        return count;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public boolean isFinished() {
        return false;
    }

    @Override
    public void setReadListener(ReadListener told) {
        listener = told;
        if (isReady()) {
            connection.getTransport().getWorkerThreadPool().execute(this::comes);
        }
    }
}
