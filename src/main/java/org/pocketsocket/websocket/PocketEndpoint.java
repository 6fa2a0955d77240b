package org.pocketsocket.websocket;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.hub.Cable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.settings.Settings;

/** One connection; the container makes an instance for each. */
@Dependent
@ServerEndpoint(value = "/pocket", decoders = IncomingDecoder.class, configurator = PocketHandshake.class)
public class PocketEndpoint {

    /** What the container itself may buffer of a message: above our limit, so that it is we who close with 1009. */
    private static final int CONTAINER_LIMIT = 4 * 1024 * 1024;

    /** How long the other side may take to take our close. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    // injected as fields: Open Liberty wants a public constructor without parameters
    @Inject
    private Hub hub;

    @Inject
    private PocketCodec codec;

    @Inject
    private Settings settings;

    @Inject
    private Closing closing;

    private @Nullable Peer peer;

    @OnOpen
    public void open(Session session) {
        session.setMaxIdleTimeout(0); // the hub's heartbeat finds dead peers, with one clock for all
        session.setMaxTextMessageBufferSize(
                Math.max(CONTAINER_LIMIT, 2 * settings.limits().message()));
        session.setMaxBinaryMessageBufferSize(
                Math.max(CONTAINER_LIMIT, 2 * settings.limits().message()));
        StandardWire wire = new StandardWire(session, closing);
        Peer fresh = hub.connect(PocketHandshake.of(session), codec, wire);
        Cable cable = PocketHandshake.cable(session);
        wire.whenBroken(() -> {
            hub.disconnect(fresh, Reason.LOST);
            hub.schedule(FAREWELL, cable::cut);
        });
        peer = fresh;
        PocketHandshake.entry(session).settle(hub.gate(), fresh);
    }

    @OnMessage
    public void text(Incoming message) {
        Peer sender = peer();
        if (isTooBig(message.text())) {
            sender.close(Goodbye.TOO_BIG);
        } else {
            hub.receive(sender, message);
        }
    }

    @OnMessage
    public void binary(ByteBuffer message) {
        if (message.remaining() > settings.limits().message()) {
            peer().close(Goodbye.TOO_BIG);
        } else {
            hub.receive(peer(), new Incoming.Malformed("null", "a pocket message is text, not binary", ""));
        }
    }

    @OnMessage
    public void pong(PongMessage pong) {
        peer().heard();
    }

    @OnClose
    public void close(CloseReason reason) {
        end(reason.getCloseCode() == CloseCodes.CLOSED_ABNORMALLY ? Reason.LOST : Reason.CLOSED);
    }

    private void end(Reason reason) {
        if (peer != null) {
            hub.disconnect(peer, reason);
        }
    }

    /** The container closes after an error that matters; what it does not close goes on. */
    @OnError
    public void error(Session session, Throwable failure) {
        if (!session.isOpen()) {
            end(Reason.LOST);
        }
    }

    private Peer peer() {
        if (peer == null) {
            throw new IllegalStateException("the container delivered before it opened");
        }
        return peer;
    }

    private boolean isTooBig(String text) {
        int limit = settings.limits().message();
        return text.length() > limit || (text.length() > limit / 3 && Parcel.utf8Length(text) > limit);
    }
}
