package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.frame.Frames.BINARY;
import static org.pocketsocket.frame.Frames.CONTINUATION;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.PING;
import static org.pocketsocket.frame.Frames.RSV1;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.to;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Hostile bytes, for a fixed number of rounds. A failure names its seed; {@code -Dfuzz.seed=…} runs it again,
 * {@code -Dfuzz.rounds=…} runs longer.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 2_000);
    private static final int[] FIRST = {
        TEXT, FIN | TEXT, CONTINUATION, FIN | CONTINUATION, BINARY, FIN | BINARY, FIN | PING, FIN | RSV1 | TEXT
    };

    @Test
    void anyBytesEndInMessagesOrOneViolation(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        for (int round = 0; round < ROUNDS; round++) {
            var random = new Random(SEED + round);
            for (Role role : Role.values()) {
                byte[] stream = random.nextBoolean() ? noise(random) : spoiled(frames(role, random), random);
                check(role, stream, random.nextInt(16) == 0, "seed " + (SEED + round) + ", as " + role);
            }
        }
    }

    @Test
    void anyHeadIsReadOrRefused(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        byte[] head = ClientHandshake.to("ws://a/b")
                .offer("c")
                .offer(DeflateTerms.NO_TAKEOVER.extension())
                .request()
                .format();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = spoiled(head.clone(), new Random(SEED + round));
            var reader = new HeadReader();
            try {
                if (reader.receive(bytes, 0, bytes.length)) {
                    ServerHandshake.verify(reader.request());
                }
            } catch (HandshakeException refusal) {
                assertThat(refusal.answer().status())
                        .as("seed %d", SEED + round)
                        .isBetween(400, 505);
            }
        }
    }

    /** The same is told however the bytes are cut, it ends with the first violation, and nothing else is thrown. */
    private static void check(Role role, byte[] stream, boolean deflated, String description) {
        Rules rules = Rules.of(role).withLimits(new Limits(4096, 8192, 16));
        List<Deflate> opened = new ArrayList<>();
        try {
            List<String> told = Wire.read(
                    () -> {
                        Deflate deflate = deflated ? new Deflate(role, DeflateTerms.TAKEOVER) : null;
                        if (deflate != null) {
                            opened.add(deflate);
                        }
                        return new Wire.Transcript(rules, deflate);
                    },
                    stream);
            assertThat(told.stream().limit(Math.max(0, told.size() - 1)))
                    .as(description)
                    .noneMatch(line -> line.startsWith("violation"));
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError(description, broken);
        } finally {
            opened.forEach(Deflate::close);
        }
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] frames(Role role, Random random) {
        byte[][] frames = new byte[1 + random.nextInt(6)][];
        for (int i = 0; i < frames.length; i++) {
            int first = FIRST[random.nextInt(FIRST.length)];
            String text = "é€😀 and ASCII ".repeat(random.nextInt(random.nextInt(8) == 0 ? 300 : 5));
            byte[] payload =
                    Wire.utf8(text.substring(0, first == (FIN | PING) ? Math.min(text.length(), 40) : text.length()));
            frames[i] = to(role, first, payload);
        }
        return join(frames);
    }

    /** Changes a few bits, or none. */
    private static byte[] spoiled(byte[] stream, Random random) {
        for (int flips = random.nextInt(3); flips > 0; flips--) {
            stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return stream;
    }
}
