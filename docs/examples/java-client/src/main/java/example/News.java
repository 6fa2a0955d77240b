package example;

import java.util.Map;
import org.pocketsocket.client.SocketIo;

/** The shortest way to say something to a Socket.IO server: {@code News localhost 8000}. */
public class News {

    public static void main(String[] args) {
        SocketIo socket = SocketIo.connect(args[0], Integer.parseInt(args[1]));
        socket.emit("news", Map.of("hello", "world"));
        socket.disconnect();
    }
}
