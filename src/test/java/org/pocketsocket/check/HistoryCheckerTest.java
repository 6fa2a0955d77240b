package org.pocketsocket.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.Handshake;
import org.pocketsocket.History;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.channel.Blueprint;
import org.pocketsocket.history.Archive;
import org.pocketsocket.history.Kept;
import org.pocketsocket.history.MemoryArchive;
import org.pocketsocket.history.Page;
import org.pocketsocket.history.Place;
import org.pocketsocket.history.Range;
import org.pocketsocket.history.StreamName;
import org.pocketsocket.history.Terms;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;
import org.pocketsocket.test.Eventually;

/** The checker finds nothing where nothing is wrong, and finds what is broken on purpose. Issue 5, must hold 2. */
class HistoryCheckerTest {

    @Channel("run")
    @History(size = 100)
    public static class Run {
        @OnJoin
        void join() {}
    }

    /** Passes everything on, but for what a test breaks. */
    private record Broken(Archive archive, UnaryOperator<Page> reading) implements Archive {

        @Override
        public Place append(StreamName stream, Terms terms, Draft draft) {
            return archive.append(stream, terms, draft);
        }

        @Override
        public Page read(StreamName stream, Terms terms, Range range) {
            return reading.apply(archive.read(stream, terms, range));
        }

        @Override
        public void close() {
            archive.close();
        }
    }

    /** A client in memory, cut now and then. */
    private static final class Wanderer implements Wire {

        private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
        private final Diary diary = new Diary();
        private final Follower follower = new Follower("run", diary);
        private final Hub hub;
        private final Executor speaking;
        private final List<Peer> visits = new ArrayList<>();
        private volatile Peer peer;
        private volatile boolean cut = true;

        /** @param speaking not the thread that hears: it may be the hub's */
        Wanderer(Hub hub, Executor speaking) {
            this.hub = hub;
            this.speaking = speaking;
        }

        /** Comes if it is away, goes if it is here. */
        void turns(Random random) {
            if (cut) {
                cut = false;
                peer = hub.connect(Handshake.from("127.0.0.1", 1), codec, this);
                Peer mine = peer;
                visits.add(mine);
                follower.begins(text -> speaking.execute(() -> hub.receive(mine, codec.decode(text))));
            } else {
                cut = true;
                follower.ends();
                if (random.nextBoolean()) {
                    hub.disconnect(peer, random.nextBoolean() ? Reason.LOST : Reason.CLOSED);
                } // else it hangs about
            }
        }

        void ends() {
            visits.forEach(each -> hub.disconnect(each, Reason.CLOSED));
        }

        @Override
        public boolean write(Parcel parcel, boolean more, Runnable ready) {
            parcel.texts().stream().filter(text -> !cut).forEach(follower::heard);
            return true;
        }

        @Override
        public void ping() {}

        @Override
        public void close(Goodbye goodbye) {}
    }

    private static List<String> run(UnaryOperator<Page> reading) throws Exception {
        Random random = new Random(42);
        HistoryChecker checker = new HistoryChecker();
        Map<String, Diary> diaries = new LinkedHashMap<>();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Json json = new Json();
                Hub hub = new Hub(
                        Settings.of(Map.of("pocket.relay", false)),
                        json,
                        Outside.plain(threads)
                                .withArchive(kept ->
                                        new Broken(new MemoryArchive(kept.memory(), System::nanoTime), reading)))) {
            hub.register("run", Blueprint.of(Run.class).handler(new Run(), json));
            List<Wanderer> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(new Wanderer(hub, threads));
                diaries.put("client " + i, all.get(i).diary);
                all.get(i).turns(random);
            }
            for (int i = 0; i < 2000; i++) {
                hub.of("run").send("said", "p:" + i);
                checker.acknowledged("", "p:" + i);
                if (random.nextInt(3) == 0) {
                    settle(hub, threads);
                    all.get(random.nextInt(all.size())).turns(random);
                    settle(hub, threads);
                }
            }
            all.stream().filter(each -> each.cut).forEach(each -> each.turns(random));
            Eventually.eventually(
                    Duration.ofSeconds(30),
                    () -> all.stream().map(each -> each.follower).toList().toString(),
                    () -> all.stream().allMatch(each -> each.follower.hasSeen("", 2000)));
            assertThat(diaries.values().stream().mapToInt(Diary::recoveries).sum())
                    .isPositive();
            all.forEach(Wanderer::ends);
        } finally {
            threads.shutdownNow();
        }
        return checker.faults(diaries);
    }

    /** Until all that was sent is heard, and what was said for that is answered. */
    private static void settle(Hub hub, ExecutorService speaking) throws Exception {
        for (int i = 0; i < 3; i++) {
            hub.settle();
            Object ignored = speaking.submit(() -> {}).get();
        }
    }

    private static Page page(Page page, List<Kept> events) {
        return new Page(page.end(), page.whole(), page.more(), events);
    }

    @Test
    void where_nothing_is_broken_it_finds_nothing() throws Exception {
        assertThat(run(page -> page)).isEmpty();
    }

    @Test
    void it_finds_a_store_that_loses_an_event() throws Exception {
        assertThat(run(page -> page(page, page.events().stream().skip(1).toList())))
                .isNotEmpty();
    }

    @Test
    void it_finds_a_store_that_gives_an_event_twice() throws Exception {
        assertThat(run(page -> {
                    List<Kept> events = new ArrayList<>(page.events());
                    page.events().stream().findFirst().ifPresent(events::add);
                    return page(page, events);
                }))
                .isNotEmpty();
    }

    @Test
    void it_finds_a_store_that_mixes_up_the_order() throws Exception {
        assertThat(run(page -> {
                    List<Kept> events = new ArrayList<>(page.events());
                    java.util.Collections.reverse(events);
                    return page(page, events);
                }))
                .isNotEmpty();
    }

    @Test
    void it_finds_a_store_that_calls_whole_what_is_not() throws Exception {
        assertThat(run(page -> new Page(page.end(), true, false, page.events())))
                .isNotEmpty();
    }

    @Test
    void it_finds_a_store_that_gives_the_wrong_event() throws Exception {
        assertThat(run(page -> page(
                        page,
                        page.events().stream()
                                .map(event -> new Kept(
                                        event.offset(), event.event(), "\"q:" + event.offset() + '"', event.except()))
                                .toList())))
                .isNotEmpty();
    }
}
