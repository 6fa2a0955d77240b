package example;

import java.time.Duration;
import java.util.List;
import org.pocketsocket.client.Payload;
import org.pocketsocket.client.SocketIo;
import org.pocketsocket.client.SocketIoChannel;
import org.pocketsocket.client.SocketIoHandler;

/** One socket, several channels, a handler for each. */
public class ManyChannels {

    static class Named implements SocketIoHandler {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void unknownEvent(String event, List<Payload> args) {
            System.out.println(name + ": " + event + " " + args);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try (SocketIo socket = SocketIo.connect(args[0], args[1], new Named("main"))) {
            SocketIoChannel chat = socket.connect("/chat", new Named("chat"));
            SocketIoChannel keys = socket.connect("/keystore", new Named("keys"));
            chat.emit("nickname", "bot");
            chat.emit("user message", "I'm a bot");
            keys.emit("shout", "a key");
            socket.await(Duration.ofSeconds(1));
        }
    }
}
