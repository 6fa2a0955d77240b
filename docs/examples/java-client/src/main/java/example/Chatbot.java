package example;

import java.util.List;
import org.pocketsocket.client.SocketIo;
import org.pocketsocket.client.SocketIoChannel;
import org.pocketsocket.client.SocketIoHandler;

/** Complains when somebody says "bot", and goes when somebody says "bye": {@code java example.Chatbot localhost 8000}. */
public class Chatbot implements SocketIoHandler {

    private SocketIoChannel socket;

    @Override
    public void onConnect(SocketIoChannel connected) {
        socket = connected;
        socket.emit("nickname", "bot");
    }

    public void on_msg_to_room(String user, String message) {
        if (message.contains("bot") && !user.equals("bot")) {
            socket.emit("user message", "who are you calling bot?!");
        } else if (message.contains("bye")) {
            socket.disconnect();
        }
    }

    public void on_announcement(String text) {
        System.out.println(text);
    }

    public void on_nicknames(List<String> names) {
        System.out.println("here: " + names);
    }

    public static void main(String[] args) throws InterruptedException {
        SocketIo socket = SocketIo.connect(args[0], args[1], new Chatbot());
        socket.await();
    }
}
