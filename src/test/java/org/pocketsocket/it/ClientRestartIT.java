package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.test.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.client.ClientOptions;
import org.pocketsocket.client.PocketChannel;
import org.pocketsocket.client.PocketClient;
import org.pocketsocket.test.Packed;
import org.pocketsocket.test.Server;

/** The packaged server is killed and started again and again, while one client sends and others listen. */
@Timeout(300)
class ClientRestartIT {

    /** Each costs a start of the server: ten were tried by hand. */
    private static final int RESTARTS = Integer.getInteger("pocket.restarts", 3);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CHANNEL = """
            package load;
            import org.pocketsocket.*;
            @Channel("load")
            @History(size = 100000, ttl = 3600)
            public class Load {
                @On("put")
                public int put(int number, ChannelRef load) {
                    load.send("got", number);
                    return number;
                }
            }
            """;

    @TempDir
    private Path temp;

    private final Set<Integer> acked = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();

    /** What one client has heard. */
    private static final class Listener implements AutoCloseable {

        final List<Integer> got = new CopyOnWriteArrayList<>();
        final AtomicInteger joins = new AtomicInteger();
        final AtomicInteger rejoins = new AtomicInteger();
        final AtomicInteger gaps = new AtomicInteger();
        final PocketClient client;

        Listener(Server server, ClientOptions options) {
            client = PocketClient.connect(server.webSocket("/"), options);
            PocketChannel load = client.channel("load");
            load.on("got", Integer.class, got::add);
            load.onGap(room -> gaps.incrementAndGet());
            load.onJoin(again -> (again ? rejoins : joins).incrementAndGet());
            load.join().toCompletableFuture().join();
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private Path channels() throws IOException {
        List<Path> classPath = Packed.jars("jspecify");
        Path classes = Packed.compile(
                "Load",
                CHANNEL,
                java.util.stream.Stream.concat(
                                classPath.stream(),
                                java.util.stream.Stream.of(Path.of("target/pocketsocket-classes.jar")))
                        .toList(),
                temp);
        return Packed.archive(temp.resolve("load.jar"), Map.of("", classes));
    }

    private Server.Plan plan(Path jar) {
        return Server.with("--channels", jar.toString())
                .jvm(
                        "-Dpocket.history.store=file",
                        "-Dpocket.history.file=" + temp.resolve("history"),
                        "-Dpocket.history.recovery=100000",
                        "-Dpocket.limits.outbox=8 MiB");
    }

    private void send(PocketChannel load) {
        Semaphore room = new Semaphore(32);
        for (int number = 1; !over.get(); number++) {
            room.acquireUninterruptibly();
            int each = number;
            load.ask("put", number).whenComplete((answer, no) -> {
                if (no == null) {
                    acked.add(each);
                }
                room.release();
            });
        }
        room.acquireUninterruptibly(32);
    }

    @Test
    @DisplayName("10 kills under load: no acked message lost, none delivered twice, channels rejoined, once each")
    void killed_and_started_again() throws Exception {
        Server.Plan plan = plan(channels());
        ClientOptions options = ClientOptions.DEFAULT.reconnect(Duration.ofMillis(50), Duration.ofMillis(500));
        Server server = plan.start();
        try (Listener one = new Listener(server, options);
                Listener two = new Listener(server, options.transports(ClientOptions.Transport.POLLING));
                PocketClient sender = PocketClient.connect(server.webSocket("/"), options)) {
            Thread load = new Thread(() -> send(sender.channel("load")), "load");
            load.start();
            for (int i = 1; i <= RESTARTS; i++) {
                int before = acked.size();
                eventually(PATIENCE, () -> acked.size() + " acked", () -> acked.size() > before + 100);
                server.kill();
                server = plan.start();
                int times = i;
                for (Listener each : List.of(one, two)) {
                    eventually(PATIENCE, () -> each.rejoins + " rejoins", () -> each.rejoins.get() == times);
                }
            }
            over.set(true);
            load.join(60_000);
            eventually(
                    PATIENCE,
                    () -> acked.size() + " acked",
                    () -> one.got.containsAll(acked) && two.got.containsAll(acked));
            for (Listener each : List.of(one, two)) {
                assertThat(each.got).doesNotHaveDuplicates();
                assertThat(each.joins).hasValue(1);
                assertThat(each.rejoins).hasValue(RESTARTS);
                assertThat(each.gaps).hasValue(0);
            }
            assertThat(one.got).isEqualTo(two.got);
        } finally {
            server.close();
        }
    }
}
