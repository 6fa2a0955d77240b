package org.pocketsocket.client.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pocketsocket.client.ClientException;
import org.pocketsocket.client.ClientState;
import org.pocketsocket.client.Payload;
import org.pocketsocket.client.PocketChannel;
import org.pocketsocket.client.PocketClient;

/** {@code java -jar pocketsocket-client.jar ws://localhost:8001/}: sends and watches events, line by line. */
public final class Terminal {

    private final PocketClient client;
    private final Paper paper;
    private final Phaser asked = new Phaser(1);

    private Terminal(PocketClient client, Paper paper) {
        this.client = client;
        this.paper = paper;
    }

    /** Ends the process with 0, 1 when there is no connection, or 2 when the arguments are wrong. */
    public static void main(String[] args) {
        int status = run(List.of(args), new InputStreamReader(System.in, Charset.defaultCharset()), System.out);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The same, until the input ends, and all that was asked is answered. The result is the process's status. */
    public static int run(List<String> words, Reader in, PrintStream out) {
        if (words.contains("--help") || words.contains("-h")) {
            out.print(Arguments.USAGE);
            return 0;
        }
        Paper paper = Paper.on(out, Optional.empty());
        try {
            Arguments arguments = Arguments.parse(words);
            paper = Paper.on(out, arguments.colour());
            try (PocketClient client = PocketClient.connect(arguments.uri(), arguments.options())) {
                new Terminal(client, paper).talk(arguments.joins(), new BufferedReader(in));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            paper.bad(e.getMessage() + "; --help shows how");
            return 2;
        } catch (ClientException | IOException e) {
            paper.bad(String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private void talk(List<String> joins, BufferedReader in) throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        client.onAny(event -> paper.event(name(event.channel(), event.name()) + " " + event.data()));
        client.onError(problem -> paper.bad(String.valueOf(problem.getMessage())));
        client.onState((state, why) -> {
            paper.aside(state + why.map(e -> ": " + e.getMessage()).orElse(""));
            if (state == ClientState.CLOSED) {
                over.countDown();
            }
        });
        paper.aside(ClientState.OPEN.toString());
        joins.forEach(this::join);
        for (String line = in.readLine(); goesOn(line, over); line = in.readLine()) {
            obey(line.strip());
        }
        awaitAnswers();
    }

    private static boolean goesOn(String line, CountDownLatch over) {
        return line != null && !line.strip().equals("quit") && over.getCount() > 0;
    }

    private void awaitAnswers() {
        try {
            int phase = asked.arriveAndDeregister();
            asked.awaitAdvanceInterruptibly(phase, 15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            paper.bad("not everything was answered");
        }
    }

    private static String name(String channel, String event) {
        return event.isEmpty() ? channel : channel + "." + event;
    }

    private void obey(String line) {
        String[] words = line.split("\\s+", 3);
        String what = words.length > 1 ? words[1] : "";
        try {
            switch (words[0]) {
                case "" -> {}
                case "join" -> join(what);
                case "leave" -> tell("left " + what, client.channel(what).leave());
                case "presence" -> tell("here", client.channel(what).presence());
                case "send" -> channel(what).send(event(what), payload(words));
                case "ask" -> tell("answer", channel(what).ask(event(what), payload(words)));
                default -> paper.bad("join, leave, send, ask, presence or quit, not " + words[0]);
            }
        } catch (IllegalArgumentException | ClientException e) {
            paper.bad(String.valueOf(e.getMessage()));
        }
    }

    private void join(String channel) {
        tell("joined " + channel, client.channel(channel).join());
    }

    private void tell(String what, CompletionStage<?> stage) {
        asked.register();
        var ignored = stage.whenComplete((answer, failure) -> {
            if (failure == null) {
                paper.good(what + (answer == null ? "" : " " + answer));
            } else {
                paper.bad(sentence(failure));
            }
            asked.arriveAndDeregister();
        });
    }

    private static String sentence(Throwable failure) {
        Throwable why = failure.getCause() instanceof ClientException cause && !(failure instanceof ClientException)
                ? cause
                : failure;
        boolean rejected = why instanceof ClientException no && !no.error().isEmpty();
        String prefix = rejected && why instanceof ClientException no ? no.code() + " " + no.error() + ": " : "";
        return prefix + why.getMessage();
    }

    private PocketChannel channel(String name) {
        int dot = name.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("which channel and event? such as chat.say");
        }
        return client.channel(name.substring(0, dot));
    }

    private static String event(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private static Payload payload(String[] words) {
        if (words.length < 3) {
            return Payload.ofJson("{}");
        }
        try {
            return Payload.ofJson(words[2]);
        } catch (ClientException e) {
            return Payload.of(words[2]);
        }
    }
}
