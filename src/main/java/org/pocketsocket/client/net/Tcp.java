package org.pocketsocket.client.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A TCP connection. */
final class Tcp implements Line {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Loop loop;
    private final Ear ear;
    private final String place;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Queue<ByteBuffer> out = new ArrayDeque<>();
    private int waiting;
    private boolean closing;
    private boolean over;

    /** Begins to connect. */
    Tcp(Loop loop, InetSocketAddress address, String place, Ear ear) throws IOException {
        this.loop = loop;
        this.ear = ear;
        this.place = place;
        channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = loop.register(channel, SelectionKey.OP_CONNECT, this::ready);
            channel.connect(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void ready() {
        try {
            if (key.isValid() && key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                ear.opened(this);
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
        } catch (IOException e) {
            end(Ending.broken(place, e));
        } catch (IllegalArgumentException e) { // what came is not what it should be, and nobody above knew better
            end(Ending.protocol(place, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            end(Ending.protocol(place, "nobody thought of what it said"));
            throw e;
        }
    }

    private void read() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(loop.buffer());
        int count = channel.read(buffer);
        if (count < 0) {
            end(Ending.hungUp(place));
        } else if (count > 0 && !closing) {
            ear.received(buffer.array(), 0, count);
        }
    }

    @Override
    public void write(byte[] bytes) {
        if (over || closing) {
            return;
        }
        out.add(ByteBuffer.wrap(bytes));
        waiting += bytes.length;
        try {
            flush();
        } catch (IOException e) {
            loop.execute(() -> end(Ending.broken(place, e)));
        }
    }

    private void flush() throws IOException {
        for (ByteBuffer next = out.peek(); next != null; next = out.peek()) {
            waiting -= channel.write(next);
            if (next.hasRemaining()) {
                interest(SelectionKey.OP_WRITE, true);
                return;
            }
            out.remove();
        }
        interest(SelectionKey.OP_WRITE, false);
        if (closing) {
            farewell();
        }
    }

    private void interest(int operation, boolean wanted) {
        if (key.isValid()) {
            key.interestOps(wanted ? key.interestOps() | operation : key.interestOps() & ~operation);
        }
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public void pause(boolean paused) {
        interest(SelectionKey.OP_READ, !paused || closing);
    }

    @Override
    public void close() {
        if (closing || over) {
            return;
        }
        closing = true;
        loop.after(FAREWELL, this::abandon);
        if (out.isEmpty()) {
            farewell();
        }
    }

    @Override
    public void drop() {
        closing = true;
        abandon();
    }

    /** Who hangs up while the other side still talks may take from it what it has not read yet: so it is heard out. */
    private void farewell() {
        if (!channel.isConnected()) {
            abandon();
            return;
        }
        try {
            channel.shutdownOutput();
            interest(SelectionKey.OP_READ, true);
        } catch (IOException e) {
            abandon();
        }
    }

    private void end(Ending why) {
        boolean told = closing || over;
        abandon();
        if (!told) {
            ear.ended(why);
        }
    }

    private void abandon() {
        over = true;
        try {
            key.cancel();
            channel.close();
        } catch (IOException e) {
            // it is of no more use either way
        }
    }
}
