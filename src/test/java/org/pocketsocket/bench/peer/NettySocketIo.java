package org.pocketsocket.bench.peer;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import org.pocketsocket.test.Server;

/** A netty-socketio server, as a process of its own: the milliseconds between pings are its argument. */
public final class NettySocketIo {

    /** The payload, as Jackson wants it. */
    public static final class Line {
        public String text = "";
    }

    private NettySocketIo() {}

    public static void main(String[] arguments) {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(Server.freePort());
        configuration.setTransports(Transport.WEBSOCKET);
        configuration.setPingInterval(Integer.parseInt(arguments[0]));
        configuration.getSocketConfig().setReuseAddress(true);
        SocketIOServer server = new SocketIOServer(configuration);
        server.addEventListener("say", Line.class, (client, line, ack) -> ack.sendAckData(line));
        server.addEventListener("shout", Line.class, (client, line, ack) -> server.getBroadcastOperations()
                .sendEvent("heard", line));
        server.start();
        System.out.println("Ready " + configuration.getPort());
    }
}
