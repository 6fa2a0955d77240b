package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand clients in one JVM, with a handful of threads; and none when they have gone. */
@Timeout(120)
class ManyClientsTest {

    private static final int CLIENTS = 1000;

    /** One that reads and writes, four that look up names and fetch tokens, four that call handlers. */
    private static final int THREADS = 9;

    private final HubServer server = HubServer.with(new Chat());

    @AfterEach
    void nothing_is_left() {
        server.close();
        eventually(Duration.ofSeconds(10), PocketClientTest::ourThreads, () -> ourThreads()
                .isEmpty());
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pocket-client"))
                .count();
    }

    private List<PocketClient> start(ClientOptions options) {
        List<PocketClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(PocketClient.start(server.uri(), options));
        }
        return clients;
    }

    @Test
    void a_thousand_clients_share_nine_threads() throws InterruptedException {
        List<PocketClient> clients = start(ClientOptions.DEFAULT.answerTimeout(Duration.ofSeconds(60)));
        CountDownLatch heard = new CountDownLatch(CLIENTS);
        long most = 0;
        List<CompletionStage<Payload>> joins = new ArrayList<>();
        for (PocketClient client : clients) {
            client.channel("chat").on("numbered", data -> heard.countDown());
            joins.add(client.channel("chat").join());
            most = joins.size() % 100 == 0 ? Math.max(most, threads()) : most;
        }
        for (CompletionStage<Payload> each : joins) {
            get(each);
        }
        server.channel("chat").send("numbered", 1);
        most = Math.max(most, threads());
        assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Math.max(most, threads())).isLessThanOrEqualTo(THREADS);
        clients.forEach(PocketClient::close);
    }

    @Test
    void with_an_executor_handlers_run_there_and_nowhere_else() {
        ExecutorService own = Executors.newFixedThreadPool(3, task -> new Thread(task, "own"));
        AtomicInteger elsewhere = new AtomicInteger();
        AtomicInteger heard = new AtomicInteger();
        ClientOptions options = ClientOptions.DEFAULT.executor(own);
        try (PocketClient one = PocketClient.connect(server.uri(), options);
                PocketClient two = PocketClient.connect(server.uri(), options)) {
            for (PocketClient each : List.of(one, two)) {
                each.channel("chat").on("numbered", data -> {
                    elsewhere.addAndGet(Thread.currentThread().getName().equals("own") ? 0 : 1);
                    heard.incrementAndGet();
                });
                get(each.channel("chat").join());
            }
            server.channel("chat").send("numbered", 1);
            eventually(Duration.ofSeconds(10), () -> heard + "", () -> heard.get() == 2);
            assertThat(elsewhere).hasValue(0);
        } finally {
            own.shutdown();
        }
    }

    @Test
    void handlers_may_run_on_virtual_threads_and_wait_there() throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads");
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        List<PocketClient> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            PocketClient client = PocketClient.connect(server.uri(), ClientOptions.DEFAULT.executor(virtual));
            clients.add(client);
            client.channel("chat").on("numbered", data -> {
                answered.incrementAndGet();
                awaitUninterrupted(all); // would be four at most, of all clients together, on our own threads
            });
            get(client.channel("chat").join());
        }
        server.channel("chat").send("numbered", 1);
        eventually(Duration.ofSeconds(10), () -> answered + "", () -> answered.get() == 100);
        all.countDown();
        clients.forEach(PocketClient::close);
        virtual.shutdown();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void clients_come_and_go_and_leave_nothing() {
        for (int i = 0; i < 50; i++) {
            try (PocketClient client = PocketClient.connect(server.uri())) {
                assertThat(get(client.channel("chat").ask("number", i, Integer.class)))
                        .isEqualTo(i);
            }
        }
        eventually(Duration.ofSeconds(10), PocketClientTest::ourThreads, () -> ourThreads()
                .isEmpty());
    }
}
