package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/**
 * Two hundred members in twenty channels come, go, talk, fail and vanish, from several threads. For a minute of it:
 * {@code -Dpocket.churn.seconds=60}; the same again: {@code -Dpocket.seed=…}.
 */
class ModelChurnTest {

    private static final int PEERS = 200;
    private static final int CHANNELS = 20;
    private static final int THREADS = 4;
    private static final String EXPECTED = "expected by the churn";

    /** One membership, and what came of it. */
    static final class Life {
        final AtomicInteger ends = new AtomicInteger();
    }

    @Channel("churn/{n}")
    static class Churn {

        final ConcurrentHashMap<String, Integer> last = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<Life> lives = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

        @OnJoin
        void join(Member me, Identity who) {
            int dice = me.hashCode() & 15;
            if (dice == 0) {
                throw new Rejection(4409, "conflict", "not today");
            }
            lives.add(me.state(Life.class, Life::new));
            me.join("room" + dice % 3);
        }

        @On("say")
        void say(int number, Member me, ChannelRef here) {
            Integer before = last.put(me.id() + here, number);
            if (before != null && before >= number) {
                faults.add(number + " came after " + before);
            }
            here.room("room1").send("said", List.of(me.id(), number));
        }

        @On("fail")
        void fail() {
            throw new IllegalStateException(EXPECTED);
        }

        @On("go")
        void go(Member me) {
            me.leave();
        }

        @On("kick")
        void kick(Member me, ChannelRef here) {
            here.members().stream().findAny().orElse(me).kick("by chance");
        }

        @On("work")
        void work(Member me, ChannelRef here) {
            me.every(Duration.ofMillis(20), () -> me.send("tick", null));
            here.sendVolatile("tick", null);
        }

        @OnLeave
        void left(Member me) {
            if (me.state(Life.class, Life::new).ends.incrementAndGet() != 1) {
                faults.add("left twice");
            }
        }
    }

    /** One thread's peers, each with a count of what it said. */
    private static final class Crowd implements Runnable {
        private final TestPocket pocket;
        private final Random random;
        private final long end;
        private final List<TestClient> clients = new ArrayList<>();
        private int count;

        Crowd(TestPocket pocket, Random random, long end) {
            this.pocket = pocket;
            this.random = random;
            this.end = end;
            for (int i = 0; i < PEERS / THREADS; i++) {
                clients.add(pocket.connect("user" + random.nextInt(50)));
            }
        }

        @Override
        public void run() {
            while (System.nanoTime() < end) {
                int which = random.nextInt(clients.size());
                step(which, "churn/" + random.nextInt(CHANNELS));
            }
        }

        private void step(int which, String channel) {
            TestClient client = clients.get(which);
            switch (random.nextInt(24)) {
                case 0 -> client.vanish();
                case 1 -> client.close();
                case 2 -> client.send(channel + ".fail", null);
                case 3 -> client.send(channel + ".go", null);
                case 4 -> client.send("socket.leave", Map.of("channel", channel));
                case 5 -> client.send(channel + ".work", null);
                case 6 -> replace(which);
                case 7 -> client.send(channel + (random.nextInt(20) == 0 ? ".kick" : ".say"), ++count);
                default -> client.send(channel + ".say", ++count);
            }
            if (random.nextInt(40) == 0) {
                replace(which);
            }
        }

        /** Who vanished says something still: what was on its way. */
        private void replace(int which) {
            clients.get(which).vanish();
            clients.get(which).send("churn/0.say", ++count);
            clients.set(which, pocket.connect("user" + random.nextInt(50)));
        }

        void goHome() {
            clients.forEach(TestClient::vanish);
        }
    }

    /** What our loggers say, but for what handlers throw on purpose. */
    private static final class Ear extends Handler {
        final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            Throwable why = entry.getThrown();
            if (why == null || !EXPECTED.equals(why.getMessage())) {
                heard.add(entry.getMessage() + " " + why);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void everybody_leaves_once_and_nobody_is_left_over() throws Exception {
        long seed = Long.getLong("pocket.seed", System.nanoTime());
        System.out.println("-Dpocket.seed=" + seed);
        Logger ours = Logger.getLogger("org.pocketsocket");
        Ear ear = new Ear();
        ours.addHandler(ear);
        ours.setUseParentHandlers(false);
        Churn churn = new Churn();
        try (TestPocket pocket = TestPocket.of(churn)) {
            churn(pocket, seed);
            for (int i = 0; i < CHANNELS; i++) {
                assertThat(pocket.channels().of("churn/" + i).members())
                        .as("churn/%d", i)
                        .isEmpty();
            }
        } finally {
            ours.removeHandler(ear);
            ours.setUseParentHandlers(true);
        }
        assertThat(churn.lives.size()).isGreaterThan(PEERS);
        assertThat(churn.lives.stream().map(life -> life.ends.get()).filter(ends -> ends != 1))
                .as("ends of %d memberships that are not one", churn.lives.size())
                .isEmpty();
        assertThat(churn.faults).isEmpty();
        assertThat(ear.heard).isEmpty();
    }

    private static void churn(TestPocket pocket, long seed) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("pocket.churn.seconds", 6));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Crowd> crowds = new ArrayList<>();
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            crowds.add(new Crowd(pocket, new Random(seed + i), end));
        }
        crowds.forEach(crowd -> runs.add(threads.submit(crowd)));
        for (Future<?> run : runs) {
            run.get(2, TimeUnit.MINUTES);
        }
        crowds.forEach(Crowd::goHome);
        threads.shutdown();
        pocket.settle();
    }
}
