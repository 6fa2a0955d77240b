package org.pocketsocket.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.pocketsocket.frame.Frames;

/** One client. All its methods belong to the selector's thread. */
public final class Link {

    private static final int KEY = 0x5A3C_96F1; // a mask that changes would only cost time here
    private static final byte[] ENGINE_IO_PONG = text("3");
    private static final byte[] EMPTY_PONG = Frames.masked(Frames.FIN | Frames.PONG, new byte[0], KEY);

    private final Dialect dialect;
    private final Listener listener;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
    private final FrameCutter cutter = new FrameCutter(this::piece);
    private final MarkerCount markers = new MarkerCount(Dialect.MARKER);
    private final StringBuilder heard = new StringBuilder();
    private State state = State.CONNECTING;
    private int pings;

    /** Markers of the read at hand. */
    private int arrived;

    /** When it last asked, in nanoseconds; for who measures. */
    long sentAt;

    private enum State {
        CONNECTING,
        SHAKING_HANDS,
        GREETING,
        READY,
        CLOSED
    }

    /** Is told what happens, in the selector's thread. */
    public interface Listener {
        void ready(Link link);

        /** So many markers came with one read. */
        void markers(Link link, int count);

        void closed(Link link, String why);
    }

    Link(InetSocketAddress server, Dialect dialect, Selector selector, Listener listener) throws IOException {
        this.dialect = dialect;
        this.listener = listener;
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // ended by a reset: no port stays behind in TIME_WAIT
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(server)) {
            connected();
        }
    }

    /** A text as a frame, ready to be sent again and again. */
    public static byte[] text(String text) {
        return Frames.masked(Frames.FIN | Frames.TEXT, text.getBytes(ISO_8859_1), KEY);
    }

    public void send(byte[] frame) {
        if (state == State.CLOSED) {
            return;
        }
        unsent.add(ByteBuffer.wrap(frame));
        if (unsent.size() == 1) {
            guarded(this::flush);
        }
    }

    /** Sends something that asks for no answer: finds out whether the server still is there. */
    public void poke() {
        send(EMPTY_PONG);
    }

    /** Reads no more. */
    public void stopReading() {
        key.interestOps(key.interestOps() & ~SelectionKey.OP_READ);
    }

    public boolean isReady() {
        return state == State.READY;
    }

    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Pings answered, WebSocket's and Engine.IO's. */
    public int pings() {
        return pings;
    }

    public void abort() {
        end("aborted");
    }

    /** What the selector found. */
    void serve(ByteBuffer buffer) {
        if (!key.isValid()) {
            return; // ended since the selector looked
        }
        guarded(() -> {
            if (key.isConnectable() && channel.finishConnect()) {
                connected();
            }
            if (state != State.CLOSED && key.isWritable()) {
                flush();
            }
            if (state != State.CLOSED && key.isReadable()) {
                read(buffer);
            }
        });
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void guarded(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void connected() throws IOException {
        state = State.SHAKING_HANDS;
        key.interestOps(SelectionKey.OP_READ);
        String host = "127.0.0.1:" + ((InetSocketAddress) channel.getRemoteAddress()).getPort();
        String request = "GET " + dialect.path() + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        send(request.getBytes(ISO_8859_1));
    }

    private void flush() throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer next = unsent.element();
            channel.write(next);
            if (next.hasRemaining()) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                return;
            }
            unsent.remove();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            end("closed by the server");
        } else if (state == State.SHAKING_HANDS) {
            shakeHands(buffer.array(), count);
        } else {
            take(buffer.array(), 0, count);
        }
    }

    private void shakeHands(byte[] bytes, int count) {
        int before = heard.length();
        heard.append(new String(bytes, 0, count, ISO_8859_1));
        int end = heard.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        if (heard.indexOf(" 101 ") != "HTTP/1.1".length()) {
            end("handshake refused: " + heard.substring(0, heard.indexOf("\r\n")));
            return;
        }
        heard.setLength(0);
        state = State.GREETING;
        dialect.hello().forEach(hello -> send(text(hello)));
        take(bytes, end + 4 - before, count);
    }

    private void take(byte[] bytes, int from, int to) {
        arrived = 0;
        cutter.read(bytes, from, to);
        if (arrived > 0) {
            listener.markers(this, arrived);
        }
    }

    private void piece(int opcode, FrameCutter.Piece piece, boolean last) {
        if (opcode == FrameCutter.CLOSE) {
            end("closed with " + closeCode(piece));
        } else if (opcode == FrameCutter.PING && last) {
            pings++;
            send(Frames.masked(Frames.FIN | Frames.PONG, Arrays.copyOfRange(piece.bytes, piece.from, piece.to), KEY));
        } else if (opcode < FrameCutter.CLOSE) {
            data(piece, last);
        }
    }

    private void data(FrameCutter.Piece piece, boolean last) {
        if (state == State.READY) {
            arrived += markers.in(piece.bytes, piece.from, piece.to);
            if (last && piece.length() == 1 && piece.bytes[piece.from] == '2') {
                pings++;
                send(ENGINE_IO_PONG);
            }
        } else if (state == State.GREETING) {
            heard.append(new String(piece.bytes, piece.from, piece.length(), ISO_8859_1));
            if (heard.indexOf(dialect.ready()) >= 0) {
                heard.setLength(0);
                heard.trimToSize();
                state = State.READY;
                listener.ready(this);
            }
        }
    }

    private static String closeCode(FrameCutter.Piece piece) {
        if (piece.length() < 2) {
            return "no code";
        }
        int at = piece.from;
        return String.valueOf((piece.bytes[at] & 0xFF) << 8 | piece.bytes[at + 1] & 0xFF);
    }

    private void end(String why) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        unsent.clear();
        try {
            channel.close();
        } catch (IOException e) {
            // gone in either case
        }
        listener.closed(this, why);
    }
}
