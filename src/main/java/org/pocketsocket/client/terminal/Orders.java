package org.pocketsocket.client.terminal;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.pocketsocket.client.ClientException;
import org.pocketsocket.client.Payload;
import org.pocketsocket.client.PocketChannel;
import org.pocketsocket.client.PocketClient;

/** Does what a line says. What comes of it is printed when it comes. */
final class Orders {

    /** Questions that may be open at once: a long file is sent as fast as it is answered, and no faster. */
    private static final int OPEN = 64;

    private static final int PATIENCE = 15;

    private final PocketClient client;
    private final Paper paper;
    private final Semaphore room = new Semaphore(OPEN);
    private volatile boolean failed;

    Orders(PocketClient client, Paper paper) {
        this.client = client;
        this.paper = paper;
    }

    /** Whether all went well so far. */
    boolean areWell() {
        return !failed;
    }

    void fail(String sentence) {
        failed = true;
        paper.bad(sentence);
    }

    void obey(String line) throws InterruptedException {
        String[] words = line.strip().split("\\s+", 3);
        String what = words.length > 1 ? words[1] : "";
        Payload data = words.length < 3 ? Payload.ofJson("{}") : payload(words[2]);
        try {
            switch (words[0]) {
                case "" -> {}
                case "join" -> join(what);
                case "leave" -> tell("left " + what, channel(what).leave());
                case "presence" -> tell("here", channel(what).presence());
                case "watch" -> tell("watching " + what, watch(channel(what)));
                case "send" -> send(what, data);
                case "ask" -> tell("answer", channelOf(what).ask(event(what), data));
                default -> fail("join, leave, send, ask, presence, watch or quit, not " + words[0]);
            }
        } catch (IllegalArgumentException | ClientException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    void join(String channel) throws InterruptedException {
        CompletionStage<Payload> joined = channel(channel).join();
        tell("joined " + channel, joined.thenApply(greeting -> greeting.value() == null ? "" : greeting));
    }

    /** What it hears is printed as all events are; that somebody watches is what counts. */
    private static CompletionStage<Payload> watch(PocketChannel channel) {
        Runnable ignored = channel.watch(change -> {});
        return channel.presence();
    }

    /** When too much is on its way already, it waits until there is room: the input is to be read no faster. */
    private void send(String name, Payload data) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (true) {
            try {
                if (name.indexOf('.') < 1) {
                    client.send(required(name, "what?"), data); // for no channel: the server relays it
                } else {
                    channelOf(name).send(event(name), data);
                }
                return;
            } catch (ClientException e) {
                if (e.kind() != ClientException.Kind.FULL || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private void tell(String what, CompletionStage<?> stage) throws InterruptedException {
        room.acquire();
        var ignored = stage.whenComplete((answer, failure) -> {
            if (failure == null) {
                paper.good(what, answer == null ? "" : answer.toString());
            } else {
                fail(sentence(failure));
            }
            room.release();
        });
    }

    /** Until all that was asked is answered. */
    void awaitAnswers() throws InterruptedException {
        if (!room.tryAcquire(OPEN, PATIENCE, TimeUnit.SECONDS)) {
            fail("not everything was answered");
        }
    }

    /** A "no" has its code and name in front. */
    static String sentence(Throwable failure) {
        Throwable why = failure instanceof ClientException || failure.getCause() == null ? failure : failure.getCause();
        boolean named = why instanceof ClientException no && !no.error().isEmpty();
        String name = named && why instanceof ClientException no ? no.code() + " " + no.error() + ": " : "";
        return name + why.getMessage();
    }

    private PocketChannel channel(String name) {
        return client.channel(required(name, "which channel?"));
    }

    private static String required(String word, String otherwise) {
        if (word.isEmpty()) {
            throw new IllegalArgumentException(otherwise);
        }
        return word;
    }

    private PocketChannel channelOf(String name) {
        int dot = name.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("which channel and event? such as chat.say");
        }
        return client.channel(name.substring(0, dot));
    }

    private static String event(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private static Payload payload(String text) {
        try {
            return Payload.ofJson(text);
        } catch (ClientException e) {
            return Payload.of(text);
        }
    }
}
