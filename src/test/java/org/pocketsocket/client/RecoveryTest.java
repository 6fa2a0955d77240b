package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;
import static org.pocketsocket.client.PocketClientTest.no;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.History;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;

/** The modern face loses its connection, and nobody notices. */
@Timeout(60)
class RecoveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ClientOptions QUICK =
            ClientOptions.DEFAULT.reconnect(Duration.ofMillis(20), Duration.ofMillis(100));

    private final AtomicInteger joins = new AtomicInteger();
    private final AtomicInteger leaves = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private final BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    private HubServer server;
    private PocketClient client;
    private PocketChannel log;

    @Channel(value = "log", presence = true)
    @History(size = 20)
    public class Log {

        @OnJoin
        void join(Member me) {
            joins.incrementAndGet();
        }

        @OnLeave
        void leave() {
            leaves.incrementAndGet();
        }

        @On("count")
        int count() {
            return handled.incrementAndGet();
        }

        @On("add")
        void add(int number, ChannelRef log) {
            log.send("added", number);
        }
    }

    private void connect(Map<String, ?> settings) {
        server = HubServer.on(0, settings, null, new Log());
        client = PocketClient.connect(server.uri(), QUICK);
        log = client.channel("log");
        log.on("added", Integer.class, heard::add);
        log.onGap(gaps::add);
        get(log.join());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void send(int from, int to) {
        IntStream.range(from, to).forEach(i -> server.channel("log").send("added", i));
    }

    private void hears(int from, int to) {
        IntStream.range(from, to).forEach(i -> assertThat(next(heard)).isEqualTo(i));
    }

    private void cut() {
        server.cut();
        eventually(PATIENCE, () -> "still open", () -> client.state() != ClientState.OPEN);
    }

    @Test
    void a_lost_connection_is_not_noticed_by_others_and_nothing_is_missed() {
        connect(Map.of());
        for (int i = 0; i < 50; i += 10) {
            send(i, i + 5);
            cut();
            send(i + 5, i + 10);
            hears(i, i + 10);
        }
        assertThat(get(log.ask("count", null, Integer.class))).isEqualTo(1);
        assertThat(heard).isEmpty();
        assertThat(gaps).isEmpty();
        assertThat(joins).hasValue(1);
        assertThat(leaves).hasValue(0);
        assertThat(get(log.presence()).map()).containsEntry("count", 1L);
    }

    @Test
    void after_the_grace_it_joins_again_and_still_misses_nothing() {
        connect(Map.of("pocket.grace.peers", 0));
        send(0, 5);
        hears(0, 5);
        cut();
        send(5, 15);
        hears(5, 15);
        assertThat(joins).hasValue(2);
        assertThat(leaves).hasValue(1);
        assertThat(gaps).isEmpty();
    }

    @Test
    void who_missed_too_much_is_told() {
        connect(Map.of("pocket.grace.peers", 0));
        send(0, 5);
        hears(0, 5);
        server.cut();
        send(5, 100);
        eventually(PATIENCE, () -> "no gap", () -> !gaps.isEmpty());
        assertThat(gaps).containsExactly("");
        send(100, 101);
        while (!Integer.valueOf(100).equals(next(heard))) {
            // what of it came before the gap was found
        }
    }

    @Test
    void presence_goes_on_after_a_further_join() {
        connect(Map.of("pocket.grace.peers", 0));
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Runnable undo = log.watch(change ->
                seen.add(change.map().get("change") + " " + change.map().get("count")));
        assertThat(next(seen)).isEqualTo("sync 1");
        get(log.state(Map.of("mood", "good")));
        assertThat(next(seen)).isEqualTo("update 1");
        cut();
        assertThat(next(seen)).as("with the state, said again").isEqualTo("sync 1");
        try (PocketClient other = PocketClient.connect(server.uri(), QUICK)) {
            get(other.channel("log").join());
            assertThat(next(seen)).isEqualTo("join 2");
        }
        assertThat(next(seen)).isEqualTo("leave 1");
        undo.run();
        assertThat(get(log.presence()).json()).contains("\"mood\":\"good\"");
    }

    @Test
    void the_history_can_be_read_by_pages() {
        connect(Map.of());
        send(0, 10);
        hears(0, 10);
        assertThat((List<?>) get(log.history(3)).map().get("events")).hasSize(3);
        Payload back = get(log.history(Map.of("limit", 2, "reverse", true)));
        assertThat(back.json()).contains("\"data\":9").contains("\"data\":8");
        assertThat(no(log.history(Map.of("room", "none"))).kind()).isEqualTo(ClientException.Kind.REJECTED);
    }
}
