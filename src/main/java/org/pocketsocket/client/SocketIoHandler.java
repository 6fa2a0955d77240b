package org.pocketsocket.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a socket, or on one of its channels. Besides these, a handler has a method for each event it knows:
 * {@code on_} and the event's name with spaces as underscores, or {@code on} and its words in capitals, or any name with
 * {@link OnEvent}. The event's arguments are given by position, each as its parameter's type; a last parameter of type
 * {@link SocketIoReply} answers the server, and so does what the method returns.
 *
 * <pre>{@code
 * class Handler implements SocketIoHandler {
 *     public void onConnect(SocketIoChannel socket) { socket.emit("nickname", "bot"); }
 *     public void on_msg_to_room(String user, String message) { ... }   // or onMsgToRoom
 * }
 * }</pre>
 *
 * All methods are called on one thread, named after the server, one after the other. None of them should wait for it.
 */
public interface SocketIoHandler {

    /** The server has let us in, for the first time. */
    default void onConnect(SocketIoChannel socket) {}

    /** It has done so again, after the connection was lost. */
    default void onReconnect(SocketIoChannel socket) {}

    /** We are out: the connection was lost, or one side has ended it. Once for each time. */
    default void onDisconnect() {}

    /** The server reports an error, or something came to nothing; with the old protocol reason and advice of its packet. */
    default void onError(String name, String message) {}

    /** A message that is no event: text as {@code String}, everything else as plain Java. */
    default void onMessage(String id, @Nullable Object message) {}

    /** A transport is open. */
    default void onOpen() {}

    /** The transport is gone. */
    default void onClose() {}

    /** Another attempt to connect begins. */
    default void onRetry() {}

    /**
     * What was sent with an id of one's own was acknowledged.
     *
     * @param name of the event that a complex acknowledgement of the old protocol carries
     * @param args what it carries; null when the server only says that it got it
     */
    default void ack(long id, @Nullable String name, @Nullable List<Payload> args) {}

    /** An event without a method; the name is that which the method should have. */
    default void unknownEvent(String name, List<Payload> args) {}
}
