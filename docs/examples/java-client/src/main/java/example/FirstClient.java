package example;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.pocketsocket.client.PocketChannel;
import org.pocketsocket.client.PocketClient;

/** Joins a chat, says something, and prints what is said: {@code java example.FirstClient ws://localhost:8001/}. */
public class FirstClient {

    public record Line(String text) {}

    public record Said(String text) {}

    public record Receipt(int length) {}

    public static void main(String[] args) {
        try (PocketClient client = PocketClient.connect(URI.create(args[0]))) {
            PocketChannel chat = client.channel("chat");
            chat.on("said", Said.class, said -> System.out.println("said: " + said.text()));
            chat.join().toCompletableFuture().join();

            CompletionStage<Receipt> receipt = chat.ask("say", new Line("hello"), Receipt.class);
            System.out.println("letters: " + receipt.toCompletableFuture().join().length());
        }
    }
}
