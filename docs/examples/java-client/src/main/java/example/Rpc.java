package example;

import java.time.Duration;
import java.util.List;
import org.pocketsocket.client.Payload;
import org.pocketsocket.client.SocketIo;
import org.pocketsocket.client.SocketIoHandler;

/** Calls the server, and gets its answer: by an id of one's own, as the old client did it, and by a function. */
public class Rpc implements SocketIoHandler {

    @Override
    public void ack(long id, String name, List<Payload> args) {
        System.out.println("number " + id + " was answered with " + args);
    }

    public static void main(String[] args) throws InterruptedException {
        try (SocketIo socket = SocketIo.connect(args[0], args[1], new Rpc())) {
            socket.root().emitWithId(100, "echo", "by number");
            socket.emit("echo", answer -> System.out.println("answer: " + answer.get(0).as(String.class)), "by function");
            socket.awaitReplies(Duration.ofSeconds(5));
            socket.await(Duration.ofMillis(200));
        }
    }
}
