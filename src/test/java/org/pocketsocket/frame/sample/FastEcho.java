package org.pocketsocket.frame.sample;

import java.util.function.Consumer;
import org.pocketsocket.frame.FrameHandler;
import org.pocketsocket.frame.FrameReader;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.frame.ProtocolException;
import org.pocketsocket.frame.Rules;

/** An echo on the fast path: no events, no queue, one string for each text. */
public final class FastEcho implements FrameHandler {
    private final FrameReader reader = new FrameReader(Rules.server(), this);
    private final Consumer<byte[]> out;

    public FastEcho(Consumer<byte[]> out) {
        this.out = out;
    }

    /** Takes what the socket gave; the buffer may be used again afterwards. */
    public void received(byte[] buffer, int count) {
        try {
            reader.read(buffer, 0, count);
        } catch (ProtocolException violation) {
            out.accept(Frames.close(violation.code(), violation.getMessage()));
        }
    }

    @Override
    public void text(String text) {
        out.accept(Frames.text(text));
    }

    @Override
    public void binary(byte[] payload) {
        out.accept(Frames.binary(payload));
    }

    @Override
    public void ping(byte[] payload) {
        out.accept(Frames.pong(payload));
    }

    @Override
    public void pong(byte[] payload) {}

    @Override
    public void close(int code, String reason) {
        out.accept(Frames.close(code, ""));
    }

    /** Two texts in one array, for one write; a server's frames are the same for every client. */
    public static byte[] together(byte[] one, byte[] two) {
        byte[] frames = new byte[Frames.size(one.length) + Frames.size(two.length)];
        int at = Frames.put(frames, 0, Frames.FIN | Frames.TEXT, one);
        Frames.put(frames, at, Frames.FIN | Frames.TEXT, two);
        return frames;
    }
}
