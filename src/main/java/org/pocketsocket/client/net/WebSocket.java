package org.pocketsocket.client.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.ClientHandshake;
import org.pocketsocket.frame.Close;
import org.pocketsocket.frame.FrameHandler;
import org.pocketsocket.frame.FrameReader;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Limits;
import org.pocketsocket.frame.ProtocolException;
import org.pocketsocket.frame.Response;
import org.pocketsocket.frame.Rules;

/** A WebSocket: the frame engine over a line. Answers pings and closes by itself. */
public final class WebSocket implements Pipe, Line.Ear, FrameHandler {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int FRAGMENTS = 4096;
    private static final byte[] NOTHING = {};

    private final Place place;
    private final Ear ear;
    private final Cookies cookies;
    private final ClientHandshake handshake;
    private final HeadReader head = new HeadReader();
    private final FrameReader frames;
    private final Dial dial;
    private final Loop.Timer timer;
    private @Nullable Line line;
    private boolean agreed;
    private boolean over;

    /** Begins to open it. */
    public WebSocket(Route route, Place place, Cookies cookies, Ear ear) {
        this.place = place;
        this.ear = ear;
        this.cookies = cookies;
        handshake = ClientHandshake.to(place.webSocket()).with(route.headers()).with(cookies.header());
        frames = new FrameReader(
                Rules.client().withLimits(new Limits(route.message(), route.message(), FRAGMENTS)), this);
        long millis = route.opening().toMillis();
        timer = route.loop()
                .after(route.opening(), () -> end(Ending.late(place.toString(), "did not open a WebSocket", millis)));
        dial = Dial.to(route, place.address(), this);
    }

    @Override
    public void opened(Line opened) {
        line = opened;
        opened.write(handshake.request().format());
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
        if (over) {
            return;
        }
        try {
            if (agreed) {
                read(bytes, offset, length);
            } else if (head.receive(bytes, offset, length)) {
                agree(head.response());
            }
        } catch (HandshakeException e) {
            end(Ending.handshake(place.toString(), String.valueOf(e.getMessage())));
        }
    }

    private void agree(Response response) {
        cookies.note(response.headers());
        if (handshake.verify(response).isEmpty()) {
            String location = response.headers().first("Location").orElse("nowhere");
            end(Ending.refused(place.toString(), response.status(), location));
            return;
        }
        timer.cancel();
        agreed = true;
        ear.opened(this);
        byte[] rest = head.rest();
        read(rest, 0, rest.length);
    }

    private void read(byte[] bytes, int offset, int length) {
        try {
            frames.read(bytes, offset, length);
            if (!over) {
                ear.alive();
            }
        } catch (ProtocolException violation) {
            write(Frames.CLOSE, code(violation.code()));
            end(Ending.protocol(place.toString(), String.valueOf(violation.getMessage())));
        }
    }

    /** A close frame's payload. */
    private static byte[] code(int code) {
        return new byte[] {(byte) (code >> 8), (byte) code};
    }

    @Override
    public void text(String text) {
        if (!over) {
            ear.text(text);
        }
    }

    @Override
    public void binary(byte[] payload) {
        if (!over) {
            ear.binary(payload);
        }
    }

    @Override
    public void ping(byte[] payload) {
        write(Frames.PONG, payload);
    }

    @Override
    public void pong(byte[] payload) {
        // whatever comes is a sign of life
    }

    @Override
    public void close(int code, String reason) {
        write(Frames.CLOSE, code == Close.NO_CODE ? NOTHING : code(code));
        end(Ending.closed(place.toString(), code, reason));
    }

    @Override
    public void send(String text) {
        write(Frames.TEXT, text.getBytes(UTF_8));
    }

    @Override
    public void send(byte[] binary) {
        write(Frames.BINARY, binary);
    }

    @Override
    public boolean ping() {
        write(Frames.PING, NOTHING);
        return true;
    }

    private void write(int opcode, byte[] payload) {
        if (line != null && agreed && !over) {
            line.write(Frames.masked(Frames.FIN | opcode, payload, RANDOM.nextInt()));
        }
    }

    @Override
    public int waiting() {
        return line == null ? 0 : line.waiting();
    }

    @Override
    public void pause(boolean paused) {
        if (line != null) {
            line.pause(paused);
        }
    }

    /** Sends a close with 1000 and does not wait for the answer: what the server still says is of no interest. */
    @Override
    public void close() {
        write(Frames.CLOSE, code(Close.NORMAL));
        finish();
    }

    @Override
    public void ended(Ending why) {
        end(why);
    }

    /** Some proxies swallow what asks for a WebSocket, or hang up: other requests they let through. */
    private void end(Ending why) {
        if (!over) {
            boolean met = line != null && !agreed && why.kind() != Ending.Kind.TLS;
            finish();
            ear.ended(met ? why.elsewhere() : why);
        }
    }

    private void finish() {
        over = true;
        timer.cancel();
        dial.cancel();
        if (line != null) {
            line.close();
        }
    }
}
