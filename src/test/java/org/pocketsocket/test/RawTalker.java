package org.pocketsocket.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that may break every rule: bytes on a socket. */
public final class RawTalker implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;

    public RawTalker(URI server) {
        try {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            socket.getOutputStream().write(all.toByteArray());
            socket.getOutputStream().flush();
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

    /** The next frame: its first byte, then its payload; empty when the connection ended. */
    public byte[] frame() {
        int first = read();
        int length = first < 0 ? -1 : read();
        if (length < 0) {
            return new byte[0];
        }
        int size = length == 126 ? (read() << 8) | read() : length;
        byte[] frame = new byte[1 + size];
        frame[0] = (byte) first;
        for (int i = 1; i <= size; i++) {
            frame[i] = (byte) read();
        }
        return frame;
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
            InputStream in = socket.getInputStream();
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
