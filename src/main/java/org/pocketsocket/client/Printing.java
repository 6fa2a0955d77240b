package org.pocketsocket.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handler of who gives none: prints what comes. */
final class Printing implements SocketIoHandler {

    @Override
    public void onConnect(SocketIoChannel socket) {
        System.out.println("connected to " + socket.name());
    }

    @Override
    public void onDisconnect() {
        System.out.println("disconnected");
    }

    @Override
    public void onError(String name, String message) {
        System.out.println("error: " + name + " " + message);
    }

    @Override
    public void onMessage(String id, @Nullable Object message) {
        System.out.println("message: " + message);
    }

    @Override
    public void unknownEvent(String name, List<Payload> args) {
        System.out.println(name + " " + args);
    }
}
