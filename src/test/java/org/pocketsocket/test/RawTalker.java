package org.pocketsocket.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.pocketsocket.frame.Frames;

/** A client that may break every rule: bytes on a socket. */
public final class RawTalker implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    public RawTalker(URI server) {
        this(server, 0);
    }

    private RawTalker(URI server, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for whom the system keeps little that it has not read, so that the server notices soon. */
    public static RawTalker small(URI server) {
        return new RawTalker(server, 4 * 1024);
    }

    /** Its own port: how the server's system knows it. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Says a text, in a frame as it should be. */
    public RawTalker says(String text) {
        return sends(Frames.masked(Frames.FIN | Frames.TEXT, text.getBytes(StandardCharsets.UTF_8), 0x37FA213D));
    }

    /** Opens a WebSocket, and sends these bytes in the same segment. */
    public RawTalker opens(String path, byte... more) {
        sends(
                ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1),
                more);
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new AssertionError(head);
        }
        return this;
    }

    public RawTalker sends(byte[]... parts) {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.write(part);
            }
            all.writeTo(socket.getOutputStream());
        } catch (SocketException e) {
            return this; // it has hung up on us: what it sent before is still to be read
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The head of the answer. */
    public String head() {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** All that comes, up to the line that has this in it. */
    public String until(String part) {
        StringBuilder text = new StringBuilder();
        int line = 0;
        while (text.indexOf(part, line) < 0 || text.charAt(text.length() - 1) != '\n') {
            int c = read();
            if (c < 0) {
                throw new AssertionError("it ended: " + text);
            } else if (text.length() > 0 && text.charAt(text.length() - 1) == '\n') {
                line = text.length();
            }
            text.append((char) c);
        }
        return text.toString();
    }

    /** The next frame: its first byte, then its payload; empty when the connection ended. */
    public byte[] frame() {
        int first = read();
        int length = first < 0 ? -1 : read();
        if (length < 0) {
            return new byte[0];
        }
        int size = length < 126 ? length : (int) number(length == 126 ? 2 : 8);
        byte[] frame = new byte[1 + size];
        frame[0] = (byte) first;
        try {
            return in.readNBytes(frame, 1, size) < size ? new byte[0] : frame;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("half a frame came", e);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private long number(int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | read();
        }
        return number;
    }

    /** The code of the close frame that comes; 1006 when the connection ends without one. */
    public int closeCode() {
        byte[] frame = frame();
        while (frame.length > 0 && (frame[0] & 0xFF) != 0x88) {
            frame = frame();
        }
        return frame.length < 3 ? 1006 : ((frame[1] & 0xFF) << 8) | (frame[2] & 0xFF);
    }

    /** Waits until the other side ends the connection. */
    public void awaitEnd() {
        int c = read();
        while (c >= 0) {
            c = read();
        }
    }

    /** Gone without a word, as when a cable is pulled: a reset, no close. */
    public void vanishes() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int read() {
        try {
            return in.read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came", e);
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
