package org.pocketsocket.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Members of the channel {@code echo} who read all they get, and count what was shouted. */
public final class Crowd implements AutoCloseable {

    private final List<Ear> ears;

    private Crowd(List<Ear> ears) {
        this.ears = ears;
    }

    /** That many, by this door. */
    public static Crowd of(int size, URI server, String door) {
        List<Ear> ears = IntStream.range(0, size)
                .mapToObj(i -> new Ear(joined(new RawTalker(server), door)))
                .toList();
        ears.forEach(ear -> ear.thread.start());
        return new Crowd(ears);
    }

    /** Opens, joins, and waits until it is in. */
    public static RawTalker joined(RawTalker talker, String door) {
        talker.opens(door).says("{\"id\":\"1\",\"message\":\"socket.join\",\"data\":{\"channel\":\"echo\"}}");
        String answer = "";
        while (!answer.contains("\"messageId\":\"1\"")) {
            byte[] frame = talker.frame();
            if (frame.length == 0) {
                throw new AssertionError("it was not let in");
            }
            answer = new String(frame, StandardCharsets.UTF_8);
        }
        return talker;
    }

    /** Waits until each has heard exactly that many, and none was put out. */
    public void awaitsEach(long shouts, Duration atMost) {
        Eventually.eventually(atMost, this::toString, () -> ears.stream().allMatch(ear -> ear.heard.get() >= shouts));
        if (ears.stream().anyMatch(ear -> ear.heard.get() > shouts)) {
            throw new AssertionError("more than " + shouts + ": " + this);
        }
    }

    @Override
    public String toString() {
        return "heard " + ears.stream().mapToLong(ear -> ear.heard.get()).summaryStatistics();
    }

    @Override
    public void close() {
        ears.forEach(ear -> ear.talker.close());
    }

    private static final class Ear {

        final RawTalker talker;
        final AtomicLong heard = new AtomicLong();
        final Thread thread = new Thread(this::listen, "ear");

        Ear(RawTalker talker) {
            this.talker = talker;
            thread.setDaemon(true);
        }

        private void listen() {
            byte[] frame = talker.frame();
            while (frame.length > 0) {
                if (isText(frame) && !new String(frame, 1, 40, StandardCharsets.ISO_8859_1).contains("socket")) {
                    heard.incrementAndGet();
                }
                frame = talker.frame();
            }
        }

        private static boolean isText(byte[] frame) {
            return (frame[0] & 0x0F) == 1 && frame.length > 41;
        }
    }
}
