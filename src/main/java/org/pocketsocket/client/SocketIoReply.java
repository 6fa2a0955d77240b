package org.pocketsocket.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the arguments of an acknowledgement; as a handler's last parameter, gives them. */
@FunctionalInterface
public interface SocketIoReply {

    void reply(List<Payload> args);

    /** Gives any values. */
    default void send(@Nullable Object... values) {
        reply(SocketIoChannel.payloads(values));
    }
}
