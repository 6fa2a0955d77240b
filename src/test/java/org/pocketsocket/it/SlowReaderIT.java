package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Crowd;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;
import org.pocketsocket.test.Vitals;

/** One subscriber in a hundred that never reads: it is put out, and nobody else notices. */
@Tag("alone")
class SlowReaderIT {

    private static final int OTHERS = 99;
    private static final String SHOUT = "{\"text\":\"" + "x".repeat(32 * 1024) + "\"}";

    /** What the outbox may hold, what the server's own queue was seen to hold, and some. */
    private static final long BOUND = 32 * 1024 * 1024;

    private static final Duration SOON = Duration.ofSeconds(30);

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.with()
                .jvm("-Dpocket.limits.outbox=256KiB", "-Dpocket.limits.age=1s", "-Dpocket.announce=0")
                .asShipped() // with half the speed more is under way
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pocket/direct", "/pocket"})
    void putsOutTheOneThatNeverReadsAndNobodyElse(String door) {
        Vitals vitals = Vitals.of(server);
        try (Crowd others = Crowd.of(OTHERS, server.uri("/"), door);
                RawTalker slow = Crowd.joined(RawTalker.small(server.uri("/")), door);
                Talker speaker = Talker.to(server.webSocket("/pocket"))) {
            speaker.asks("echo.shout", SHOUT);
            long before = vitals.heap();
            int shouts = 1 + shoutUntilPutOut(speaker, slow);
            assertThat(vitals.heap() - before).isLessThan(BOUND);
            eventually(Duration.ofSeconds(5), () -> "connected still", () -> !vitals.serves(slow.port()));
            for (int i = 0; i < 20; i++, shouts++) {
                speaker.asks("echo.shout", SHOUT);
            }
            others.awaitsEach(shouts, SOON);
            assertThat(slow.closeCode()).isIn(4008, 1006);
            assertThat(complaints(slow)).hasSize(1);
            eventually(SOON, () -> "the heap holds what was for it", () -> vitals.heap() - before < BOUND / 2);
        }
    }

    /** Each shout waits for the receipt of the one before. */
    private static int shoutUntilPutOut(Talker speaker, RawTalker slow) {
        int shouts = 0;
        long deadline = System.nanoTime() + SOON.toNanos();
        while (complaints(slow).isEmpty() && System.nanoTime() < deadline) {
            speaker.asks("echo.shout", SHOUT);
            shouts++;
        }
        assertThat(complaints(slow)).hasSize(1).first().asString().contains("reads too slowly");
        return shouts;
    }

    private static List<String> complaints(RawTalker about) {
        return server.err().stream()
                .filter(line -> line.contains(":" + about.port() + " "))
                .toList();
    }
}
