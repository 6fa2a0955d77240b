package org.pocketsocket.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Function;
import org.pocketsocket.direct.DirectConnection;
import org.pocketsocket.direct.Guest;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.message.Parcel;

/** A WebSocket on our own engine. Whatever its client sends is a sign of life, and no more. */
final class DirectLine implements Line, Guest {

    private static final byte[] PING = Frames.ping(new byte[0]);

    /** A parcel as one frame; made once for all recipients. Empty if there is nothing in it for them. */
    private static final Function<Parcel, byte[]> FRAME = DirectLine::frame;

    private final DirectConnection socket;
    private final Seat seat;

    DirectLine(DirectConnection socket, Seat seat) {
        this.socket = socket;
        this.seat = seat;
        seat.attach(this);
    }

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        byte[] frame = parcel.as(FRAME);
        return frame.length == 0 || socket.write(frame, more, ready);
    }

    @Override
    public void ping() {
        socket.aside(PING);
    }

    @Override
    public void end(Goodbye goodbye) {
        socket.close(goodbye.code(), goodbye.reason());
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void text(String text) {
        seat.heard();
    }

    @Override
    public void binary(byte[] payload) {
        seat.heard();
    }

    @Override
    public void heard() {
        seat.heard();
    }

    @Override
    public void gone(int code) {
        seat.gone(this);
    }

    private static byte[] frame(Parcel parcel) {
        String list = StreamCodec.list(parcel);
        return list.isEmpty() ? new byte[0] : Frames.of(Frames.FIN | Frames.TEXT, list.getBytes(UTF_8));
    }
}
