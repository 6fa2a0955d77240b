package org.pocketsocket.stream;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.message.Parcel;

/** A WebSocket on the server's own engine, where ours cannot serve: one list at a time. */
public final class StandardLine extends Endpoint implements Line {

    private static final Function<Parcel, String> LIST = StreamCodec::list;

    /** How long the other side may take to take our close, in milliseconds. */
    private static final long FAREWELL = 1000;

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final House house = CDI.current().select(House.class).get();

    /** Empty: nobody has announced this connection, and it is closed at once. */
    private volatile Optional<Seat> seat = Optional.empty();

    private volatile @Nullable Session session;

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        seat = opened.getRequestParameterMap().getOrDefault(StreamChannel.CONNECTION, List.of()).stream()
                .findFirst()
                .flatMap(house::seat);
        if (seat.isEmpty()) {
            end(Sockets.UNKNOWN);
            return;
        }
        Seat own = seat.get();
        opened.setMaxIdleTimeout(0);
        opened.addMessageHandler(String.class, text -> own.heard());
        opened.addMessageHandler(ByteBuffer.class, bytes -> own.heard());
        opened.addMessageHandler(PongMessage.class, pong -> own.heard());
        own.attach(this);
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        seat.ifPresent(own -> own.gone(this));
    }

    @Override
    public void onError(Session failed, Throwable failure) {
        if (!failed.isOpen()) {
            seat.ifPresent(own -> own.gone(this));
        }
    }

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        String list = parcel.as(LIST);
        Session to = session;
        if (list.isEmpty() || to == null) {
            return true;
        }
        try {
            to.getAsyncRemote().sendText(list, result -> sent(result, ready));
        } catch (RuntimeException e) { // closed meanwhile: containers disagree on the exception
            seat.ifPresent(own -> own.gone(this));
        }
        return false;
    }

    private void sent(SendResult result, Runnable ready) {
        if (result.isOK()) {
            ready.run();
        } else {
            end(new Goodbye(1011, "sending failed"));
        }
    }

    @Override
    public void ping() {
        try {
            Session to = session;
            if (to != null) {
                to.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            }
        } catch (IOException | RuntimeException e) {
            seat.ifPresent(own -> own.gone(this));
        }
    }

    /** Not here: some servers wait for the other side. */
    @Override
    public void end(Goodbye goodbye) {
        house.hub.schedule(AT_ONCE, () -> close(goodbye));
    }

    private void close(Goodbye goodbye) {
        try {
            Session to = session;
            if (to != null) {
                to.setMaxIdleTimeout(FAREWELL); // or WildFly waits for who does not read, for ever
                to.close(new CloseReason(CloseCodes.getCloseCode(goodbye.code()), goodbye.reason()));
            }
        } catch (IOException | RuntimeException e) {
            // it was broken: gone in either case
        }
        seat.ifPresent(own -> own.gone(this));
    }

    @Override
    public boolean lasts() {
        return true;
    }
}
