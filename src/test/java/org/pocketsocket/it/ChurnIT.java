package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocketsocket.test.Crowd;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Vitals;

/** A thousand connections opened and dropped without a word, again and again: nothing of them stays. */
@Tag("alone")
class ChurnIT {

    private static final int AT_ONCE = 1000;
    private static final int HANDS = 8;
    /** What the server's own pools of requests, buffers and threads may grow by; 800 bytes a connection, were it a leak. */
    private static final long SERVERS_OWN = 16 * 1024 * 1024;

    /** Bytes of the heap. It is half of that; five times as much where the request that it was stays with it. */
    private static final int IDLE = 8 * 1024;

    private static final String PEER = "org.pocketsocket.hub.Peer";

    /** Payara's pooled requests remember the last connection that each of them served. */
    private static final int POOLED = 100;

    private static final Duration SOON = Duration.ofSeconds(15);

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.with()
                .jvm("-Dpocket.heartbeat.interval=2s") // the wheel keeps a peer until its next beat
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/pocket/direct, 20", "/pocket, 5" // it costs the server several times as much
    })
    void nothingStaysOfConnectionsThatWereDropped(String door, int rounds) throws Exception {
        Vitals vitals = Vitals.of(server);
        round(door); // classes are loaded, pools have grown
        awaitNothing(vitals);
        List<String> threads = lasting(vitals);
        long heap = vitals.heap();
        for (int i = 0; i < rounds; i++) {
            round(door);
        }
        awaitNothing(vitals);
        assertThat(lasting(vitals)).containsExactlyInAnyOrderElementsOf(threads);
        assertThat(vitals.heap()).as("bytes").isLessThan(heap + SERVERS_OWN);
    }

    @Test
    void anIdleConnectionCostsLittle() throws Exception {
        Vitals vitals = Vitals.of(server);
        round("/pocket/direct");
        awaitNothing(vitals);
        long heap = vitals.heap();
        List<RawTalker> talkers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            talkers.add(new RawTalker(server.uri("/")).opens("/pocket/direct"));
        }
        assertThat((vitals.heap() - heap) / AT_ONCE).as("bytes each").isLessThan(IDLE);
        talkers.forEach(RawTalker::vanishes);
    }

    /** Threads but for those of the server's pools, which grow and shrink as they like, and of the JVM. */
    private static List<String> lasting(Vitals vitals) {
        return vitals.threads().stream()
                .filter(name -> name.startsWith("pocket-") || name.contains("expirer") || name.contains("Selector"))
                .filter(name -> !name.startsWith("pocket-closing"))
                .toList();
    }

    /** Every tenth is in a channel, every tenth has half a frame under way. */
    private static void round(String door) throws Exception {
        ExecutorService hands = Executors.newFixedThreadPool(HANDS);
        try {
            List<Future<RawTalker>> talkers = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> hands.submit(() -> talker(door, i % 10)))
                    .toList();
            for (Future<RawTalker> talker : talkers) {
                talker.get().vanishes();
            }
        } finally {
            hands.shutdownNow();
        }
    }

    private static RawTalker talker(String door, int kind) {
        RawTalker talker = new RawTalker(server.uri("/"));
        if (kind == 0) {
            return Crowd.joined(talker, door);
        }
        talker.opens(door);
        return kind == 1 ? talker.sends(new byte[] {(byte) 0x81, (byte) 0xFE, 1, 0, 1, 2, 3, 4, 5}) : talker;
    }

    private static void awaitNothing(Vitals vitals) {
        eventually(SOON, () -> "still " + vitals.connections() + " connections", () -> vitals.connections() == 0);
        eventually(SOON, () -> vitals.instances(PEER) + " peers", () -> vitals.instances(PEER) <= POOLED);
        assertThat(vitals.instances("org.pocketsocket.hub.Membership")).isLessThanOrEqualTo(POOLED);
        assertThat(vitals.instances("org.pocketsocket.direct.DirectConnection")).isLessThan(2 * AT_ONCE);
    }
}
