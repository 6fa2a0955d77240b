package org.pocketsocket.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.test.Eventually;
import org.pocketsocket.test.Packed;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;

/**
 * Numbered messages, and clients that are cut off in all ways: nobody sees one twice or out of order, and who is told that it
 * has everything has everything. {@code -Dpocket.check.seconds=120} for longer, {@code -Dpocket.check.kills=5} for more often,
 * {@code -Dpocket.check.seed} for others.
 */
class RecoveryIT {

    private static final String[] STREAMS = {"", "a", "b"};
    private static final long SEED = Long.getLong("pocket.check.seed", System.nanoTime());
    private static final int SECONDS = Integer.getInteger("pocket.check.seconds", 10);
    private static final int KILLS = Integer.getInteger("pocket.check.kills", 3);
    private static final int BETWEEN = 3; // seconds

    private static final String CHANNEL = """
            import java.util.List;
            import org.pocketsocket.*;

            @Channel("run")
            @History(size = 150, ttl = 60)
            public class Run {

                @OnJoin
                void join(Member me) {
                    me.join("a");
                    me.join("b");
                }

                @On("say")
                void say(List<String> what, ChannelRef run) {
                    Room room = what.get(0).isEmpty() ? run : run.room(what.get(0));
                    room.send("said", what.get(1));
                }
            }
            """;

    @TempDir
    private Path temp;

    private final HistoryChecker checker = new HistoryChecker();
    private final List<Roamer> roamers = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Server.Plan plan(String... jvm) throws Exception {
        List<Path> path = new ArrayList<>(Packed.jars("jakarta.", "jspecify"));
        path.add(Path.of("target/pocketsocket-classes.jar"));
        Path jar = Packed.archive(temp.resolve("run.jar"), Map.of("", Packed.compile("Run", CHANNEL, path, temp)));
        return Server.with("--channels", jar.toString())
                .jvm(
                        "-Dpocket.grace.time=1s",
                        "-Dpocket.heartbeat.interval=2s",
                        "-Dpocket.heartbeat.timeout=1s",
                        "-Dpocket.relay=false")
                .jvm(jvm);
    }

    private void begin(Server server) {
        for (int i = 0; i < 50; i++) {
            roamers.add(new Roamer(server.uri("/"), "run", SEED + i));
            start(roamers.get(i));
        }
        Eventually.eventually(
                Duration.ofSeconds(60),
                () -> "not all are in: " + followers()
                        + roamers.stream().map(Roamer::failure).toList(),
                () -> roamers.stream().allMatch(each -> each.diary.hasBegun()));
        URI door = server.webSocket("/pocket/direct");
        for (int i = 0; i < 3; i++) {
            publishers.add(new Publisher(door, "p" + i, checker, STREAMS));
            start(publishers.get(i));
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "roaming");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static void pass(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** All see the end of all streams; then what they saw is checked. */
    private Map<String, Diary> end(Server server) throws InterruptedException {
        publishers.forEach(Publisher::ends);
        for (Thread thread : threads.subList(roamers.size(), threads.size())) {
            thread.join(30_000);
        }
        roamers.forEach(Roamer::settles);
        Map<String, Long> ends = ends(server);
        Eventually.eventually(
                Duration.ofSeconds(60),
                () -> "seed " + SEED + ", not all came to " + ends + ": " + followers(),
                () -> roamers.stream()
                        .allMatch(each -> each.failure() != null
                                || ends.entrySet().stream()
                                        .allMatch(end -> each.follower.hasSeen(end.getKey(), end.getValue()))));
        roamers.forEach(Roamer::ends);
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        Map<String, Diary> diaries = new LinkedHashMap<>();
        roamers.forEach(each -> diaries.put("client " + diaries.size(), each.diary));
        assertThat(roamers).extracting(Roamer::failure).containsOnlyNulls();
        assertThat(checker.faults(diaries)).as("seed " + SEED).isEmpty();
        return diaries;
    }

    private static Map<String, Long> ends(Server server) {
        Map<String, Long> ends = new LinkedHashMap<>();
        try (Talker talker = Talker.to(server.webSocket("/pocket/direct"))) {
            talker.asks("socket.join", "{\"channel\":\"run\"}");
            for (String stream : STREAMS) {
                String receipt =
                        talker.asks("socket.history", "{\"channel\":\"run\",\"room\":\"" + stream + "\",\"limit\":0}");
                Map<String, String> entry =
                        JsonParts.object(JsonParts.object(receipt).get("data"));
                ends.put(stream, Long.parseLong(entry.get("offset")));
            }
        }
        return ends;
    }

    private List<String> followers() {
        return roamers.stream().map(each -> each.follower.toString()).toList();
    }

    private static int recoveries(Map<String, Diary> diaries) {
        return diaries.values().stream().mapToInt(Diary::recoveries).sum();
    }

    private static long gaps(Map<String, Diary> diaries) {
        return diaries.values().stream()
                .flatMap(diary -> diary.streams().values().stream())
                .flatMap(List::stream)
                .filter(Diary.Entry::isGap)
                .count();
    }

    @Test
    @DisplayName(
            "50 clients, cut abruptly, in mid-frame, half-open, over polling: none sees a message twice or misses one unseen")
    void cut_off_in_all_ways() throws Exception {
        try (Server server = plan().start()) {
            begin(server);
            pass(SECONDS);
            Map<String, Diary> diaries = end(server);
            System.out.println("seed " + SEED + ": " + checker.published() + " messages, " + recoveries(diaries)
                    + " recoveries, " + gaps(diaries) + " gaps that were told");
            assertThat(recoveries(diaries)).isGreaterThan(50);
            assertThat(server.err()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "kill -9 under load, and again: clients recover, or are told that they cannot, and history on disk is whole")
    void killed_under_load() throws Exception {
        Path file = temp.resolve("history");
        Server.Plan plan = plan("-Dpocket.history.store=file", "-Dpocket.history.file=" + file);
        Server server = plan.start();
        try {
            begin(server);
            for (int i = 0; i < KILLS; i++) {
                pass(BETWEEN);
                server.kill();
                server = plan.start();
            }
            pass(BETWEEN);
            Map<String, Diary> diaries = end(server);
            System.out.println("seed " + SEED + ": " + checker.published() + " messages, " + recoveries(diaries)
                    + " recoveries, " + gaps(diaries) + " gaps that were told");
            if (Files.exists(Path.of("/proc/sys/kernel/random/boot_id"))) {
                diaries.forEach((who, diary) -> diary.streams().forEach((stream, entries) -> assertThat(entries.stream()
                                .filter(entry -> !entry.isGap())
                                .map(Diary.Entry::epoch)
                                .distinct())
                        .as(who + " in " + stream)
                        .hasSize(1)));
            }
        } finally {
            server.close();
        }
    }

    @Test
    @DisplayName(
            "killed, and its file damaged: the server starts, and nobody is told that it has everything when it has not")
    void a_damaged_file() throws Exception {
        Path file = temp.resolve("history");
        Server.Plan plan = plan("-Dpocket.history.store=file", "-Dpocket.history.file=" + file);
        String since;
        try (Server server = plan.start();
                Talker talker = Talker.to(server.webSocket("/pocket/direct"))) {
            since = place(talker.asks("socket.join", "{\"channel\":\"run\"}"));
            for (int i = 1; i <= 20; i++) {
                talker.asks("run.say", "[\"\",\"" + i + "\"]");
            }
            server.kill();
        }
        byte[] changed = Files.readAllBytes(file);
        changed[changed.length - 9] ^= 4;
        Files.write(file, Arrays.copyOf(changed, changed.length + 100)); // FileArchiveTest damages it everywhere
        try (Server server = plan.start();
                Talker talker = Talker.to(server.webSocket("/pocket/direct"))) {
            String receipt =
                    talker.asks("socket.join", "{\"channel\":\"run\",\"since\":{\"\":" + since + "},\"last\":100}");
            List<String> texts = texts(receipt);
            assertThat(texts).isSortedAccordingTo(Comparator.comparing(Integer::valueOf));
            assertThat(texts.size() >= 19 || entry(receipt).get("recovered").equals("false"))
                    .as(receipt)
                    .isTrue();
            assertThat(talker.asks("run.say", "[\"\",\"21\"]")).contains("\"sent\"");
            assertThat(server.err()).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    /** What a receipt of a join says of the channel itself. */
    private static Map<String, String> entry(String receipt) {
        Map<String, String> streams = JsonParts.object(JsonParts.object(receipt).get("history"));
        return JsonParts.object(streams.get(""));
    }

    private static String place(String receipt) {
        return "{\"epoch\":" + entry(receipt).get("epoch") + ",\"offset\":"
                + entry(receipt).get("offset") + '}';
    }

    private static List<String> texts(String receipt) {
        return JsonParts.array(entry(receipt).get("events")).stream()
                .map(event -> JsonParts.unquote(JsonParts.object(event).get("data")))
                .toList();
    }
}
