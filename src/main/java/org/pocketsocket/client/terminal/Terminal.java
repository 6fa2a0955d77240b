package org.pocketsocket.client.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.pocketsocket.client.ClientEvent;
import org.pocketsocket.client.ClientException;
import org.pocketsocket.client.ClientState;
import org.pocketsocket.client.PocketClient;

/** {@code java -jar pocketsocket-client.jar ws://localhost:8001/}: sends and watches events, line by line. */
public final class Terminal {

    private static final String QUIT = "quit";

    private final PocketClient client;
    private final Paper paper;
    private final Orders orders;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(256);
    private volatile boolean over;

    private Terminal(PocketClient client, Paper paper) {
        this.client = client;
        this.paper = paper;
        this.orders = new Orders(client, paper);
    }

    /** Ends the process with 0, 1 when something came to nothing, or 2 when the arguments are wrong. */
    public static void main(String[] args) {
        Reader in = new InputStreamReader(System.in, Charset.defaultCharset());
        int status = run(List.of(args), in, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * The same, until the input ends, and all that was asked is answered. The result is the process's status.
     *
     * @param out gets events and answers
     * @param err gets what went wrong, and what becomes of the connection
     */
    public static int run(List<String> words, Reader in, PrintStream out, PrintStream err) {
        if (words.contains("--help") || words.contains("-h")) {
            out.print(Arguments.USAGE);
            return 0;
        }
        Paper plain = Paper.on(out, err, Optional.empty());
        try {
            Arguments arguments = Arguments.parse(words, System.getenv());
            return run(arguments, in, Paper.on(out, err, arguments.colour()));
        } catch (IllegalArgumentException e) {
            plain.bad(e.getMessage() + "; --help shows how");
            return 2;
        }
    }

    private static int run(Arguments arguments, Reader in, Paper paper) {
        paper.aside("connecting to " + arguments.uri());
        try (PocketClient client = PocketClient.connect(arguments.uri(), arguments.options())) {
            return new Terminal(client, paper).talk(arguments, in);
        } catch (ClientException e) {
            paper.bad(Orders.sentence(e));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int talk(Arguments arguments, Reader in) throws InterruptedException {
        Thread goodbye = new Thread(this::goodbye, "terminal-goodbye");
        Runtime.getRuntime().addShutdownHook(goodbye);
        listen();
        for (String channel : arguments.joins()) {
            orders.join(channel);
        }
        take(arguments, in);
        while (!over) {
            obey(lines.take());
        }
        if (client.state() != ClientState.CLOSED) {
            orders.awaitAnswers();
        }
        over = true;
        forget(goodbye);
        return orders.areWell() ? 0 : 1;
    }

    /** On Ctrl-C: the others need not wait for us to come back. */
    private void goodbye() {
        over = true;
        client.close();
    }

    private static void forget(Thread hook) {
        try {
            boolean ignored = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs already
        }
    }

    private void obey(String line) throws InterruptedException {
        if (line.strip().equals(QUIT)) {
            over = true;
        } else if (!over) {
            orders.obey(line);
        }
    }

    private void listen() {
        client.onAny(event -> paper.event(name(event), event.data().json()));
        client.onError(problem -> orders.fail(String.valueOf(problem.getMessage())));
        client.onState(this::changed);
        paper.aside("connected");
    }

    private static String name(ClientEvent event) {
        return event.name().isEmpty() ? event.channel() : event.channel() + "." + event.name();
    }

    private void changed(ClientState state, Optional<ClientException> why) {
        if (over) {
            return;
        }
        String reason = why.map(Throwable::getMessage).orElse("");
        switch (state) {
            case CONNECTING -> paper.aside("connecting again");
            case OPEN -> paper.aside("connected");
            case WAITING -> paper.aside("the connection is lost: " + reason);
            case CLOSED -> {
                orders.fail(reason);
                over = true;
                boolean ignored = lines.offer(QUIT); // where there is no room for it nobody waits for a line
            }
        }
    }

    private void take(Arguments arguments, Reader in) {
        if (!arguments.order().isEmpty()) {
            lines.add(arguments.order());
            if (!arguments.watches()) {
                lines.add(QUIT);
            }
            return;
        }
        Thread reader = new Thread(() -> read(new BufferedReader(in), arguments.watches()), "terminal-input");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader in, boolean watches) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.put(line);
            }
            if (!watches) {
                lines.put(QUIT);
            }
        } catch (IOException e) {
            boolean ignored = lines.offer(QUIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
