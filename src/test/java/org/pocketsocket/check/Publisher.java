package org.pocketsocket.check;

import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pocketsocket.test.Talker;

/**
 * Sends numbered messages to streams in turn, on a thread of its own. A number is used once: what was not answered may have
 * been handled, or not.
 */
final class Publisher implements Runnable {

    private static final int EACH = 200;

    private final URI server;
    private final String name;
    private final String[] streams;
    private final HistoryChecker checker;
    private volatile boolean over;
    private int number;

    Publisher(URI server, String name, HistoryChecker checker, String... streams) {
        this.server = server;
        this.name = name;
        this.checker = checker;
        this.streams = streams;
    }

    void ends() {
        over = true;
    }

    @Override
    public void run() {
        while (!over) {
            try (Talker talker = Talker.to(server)) {
                for (int i = 0; i < EACH && !over; i++) {
                    say(talker);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
                }
            } catch (CompletionException | AssertionError e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // the server is not there
            }
        }
    }

    private void say(Talker talker) {
        String text = name + ':' + ++number;
        String stream = streams[number % streams.length];
        if (talker.asks("run.say", "[\"" + stream + "\",\"" + text + "\"]").contains("\"sent\"")) {
            checker.acknowledged(stream, text);
        }
    }
}
