package org.pocketsocket.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Talks with the channel {@code echo} all the time, and notes how long it had to wait for an answer at most. */
public final class Bystander implements AutoCloseable {

    private static final String SAY = "{\"id\":\"e\",\"message\":\"echo.say\",\"data\":{\"text\":\"%d\"}}";

    private final RawTalker talker;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::talk, "bystander");
    private volatile long slowest;
    private volatile boolean lost;

    public Bystander(URI server, String door) {
        talker = new RawTalker(server).opens(door);
        ask(-1); // what is slow the first time is not meant
        thread.setDaemon(true);
        thread.start();
    }

    private void talk() {
        try {
            int number = 0;
            do {
                long start = System.nanoTime();
                ask(number++);
                slowest = Math.max(slowest, System.nanoTime() - start);
            } while (!stopped.await(20, TimeUnit.MILLISECONDS));
        } catch (AssertionError | InterruptedException e) {
            lost = true;
        }
    }

    private void ask(int number) {
        talker.says(SAY.formatted(number));
        String answer = "";
        while (!answer.contains("\"text\":\"" + number + '"')) {
            byte[] frame = talker.frame();
            if (frame.length == 0) {
                throw new AssertionError("it was put out");
            }
            if (frame[0] == (byte) 0x89) {
                talker.sends(org.pocketsocket.frame.Frames.masked(0x8A, new byte[0], 7));
            }
            answer = new String(frame, StandardCharsets.UTF_8);
        }
    }

    /** The longest it waited for an answer. */
    public Duration slowest() {
        if (lost) {
            throw new AssertionError("the bystander was disturbed");
        }
        return Duration.ofNanos(slowest);
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        talker.close();
    }
}
