package example;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Flow;
import org.pocketsocket.client.ClientEvent;
import org.pocketsocket.client.ClientException;
import org.pocketsocket.client.ClientOptions;
import org.pocketsocket.client.PocketChannel;
import org.pocketsocket.client.PocketClient;

/** What else can be said, as the guide has it. */
public class Careful {

    static ClientOptions options() {
        return ClientOptions.DEFAULT
                .token(Careful::login)
                .header("Origin", "https://example.com")
                .proxy(new InetSocketAddress("proxy.example.com", 3128), null, null)
                .connectTimeout(Duration.ofSeconds(3))
                .heartbeat(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .queue(500, Duration.ofMinutes(5));
    }

    static PocketClient watch(URI uri) {
        PocketClient client = PocketClient.start(uri, options());
        client.onState((state, why) -> System.out.println(state + " " + why.map(Throwable::getMessage).orElse("")));
        client.onError(problem -> System.out.println("problem: " + problem.getMessage()));
        return client;
    }

    static void listen(PocketChannel game) {
        Runnable undo = game.on("moved", Map.class, move -> System.out.println(move));
        game.onAsk("ready?", String.class, question -> true);
        game.onGap(room -> System.out.println("something was missed: load the game anew"));
        game.onLeave(why -> undo.run());
    }

    static void ask(PocketChannel chat) {
        chat.ask("say", Map.of("text", "hello"))
                .thenAccept(receipt -> System.out.println(receipt.map().get("length")))
                .exceptionally(failure -> {
                    if (failure.getCause() instanceof ClientException no) {
                        System.out.println(no.kind() + " " + no.code() + " " + no.error() + ": " + no.getMessage());
                    }
                    return null;
                });
    }

    static void subscribe(PocketClient client, Flow.Subscriber<ClientEvent> subscriber) {
        client.events().subscribe(subscriber);
    }

    private static String login() {
        return "a fresh token";
    }
}
