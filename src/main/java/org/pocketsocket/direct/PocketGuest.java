package org.pocketsocket.direct;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Function;
import org.pocketsocket.Handshake;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.security.Token;

/** A hub's peer on a direct connection. */
final class PocketGuest implements Guest, Wire {

    private static final byte[] PING = Frames.ping(new byte[0]);

    /** A parcel as frames, one behind the other; made once for all recipients. */
    private static final Function<Parcel, byte[]> FRAMES = PocketGuest::frames;

    private final DirectConnection connection;
    private final Hub hub;
    private final Codec codec;
    private final Peer peer;

    PocketGuest(DirectConnection connection, Hub hub, Codec codec, Handshake handshake) {
        this.connection = connection;
        this.hub = hub;
        this.codec = codec;
        this.peer = hub.connect(handshake, codec, this);
    }

    /** Lets its peer in with the token of the handshake. */
    void admit(Token token) {
        hub.gate().admit(peer, token);
    }

    @Override
    public void text(String text) {
        hub.receive(peer, codec.decode(text));
    }

    @Override
    public void binary(byte[] payload) {
        hub.receive(peer, new Incoming.Malformed("null", "a pocket message is text, not binary", ""));
    }

    @Override
    public void heard() {
        peer.heard();
    }

    @Override
    public void gone(int code) {
        hub.disconnect(peer, code != 0 ? Reason.CLOSED : Reason.LOST);
    }

    @Override
    public boolean wantsMore() {
        return !peer.isBehind();
    }

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        return connection.write(parcel.as(FRAMES), more, ready);
    }

    @Override
    public String transport() {
        return "direct";
    }

    @Override
    public void ping() {
        connection.aside(PING);
    }

    @Override
    public void close(Goodbye goodbye) {
        connection.close(goodbye.code(), goodbye.reason());
    }

    private static byte[] frames(Parcel parcel) {
        if (parcel.texts().size() == 1) { // as nearly always
            return Frames.text(parcel.texts().get(0));
        }
        List<byte[]> payloads =
                parcel.texts().stream().map(text -> text.getBytes(UTF_8)).toList();
        byte[] frames = new byte
                [payloads.stream()
                        .mapToInt(payload -> Frames.size(payload.length))
                        .sum()];
        int at = 0;
        for (byte[] payload : payloads) {
            at = Frames.put(frames, at, Frames.FIN | Frames.TEXT, payload);
        }
        return frames;
    }
}
