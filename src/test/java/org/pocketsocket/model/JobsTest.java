package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.test.Eventually;
import org.pocketsocket.test.LogBook;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** Background work ends with whom it is for. */
class JobsTest {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Channel("chat")
    static class Chat {
        @On("nothing")
        void nothing() {}
    }

    @Channel("game/{id}")
    static class Game {
        @On("nothing")
        void nothing() {}
    }

    private final TestPocket pocket = TestPocket.with(Map.of("pocket.limits.jobs", 2), new Chat(), new Game());
    private final TestClient ada = pocket.connect("ada").join("chat");
    private final ChannelRef chat = pocket.channels().of("chat");
    private final Member member = chat.members().iterator().next();

    @AfterEach
    void end() {
        pocket.close();
    }

    /** Works until it is interrupted. */
    private void work() {
        told.add("working");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            told.add("interrupted");
        }
    }

    private void hears(String what) throws InterruptedException {
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(what);
    }

    @Test
    void a_members_job_is_interrupted_when_it_leaves_GS29_GS30() throws Exception {
        member.spawn(this::work);
        hears("working");
        ada.leave("chat");
        hears("interrupted");
    }

    @Test
    void a_members_job_is_interrupted_when_it_is_gone_GS29_GS66() throws Exception {
        member.spawn(this::work);
        hears("working");
        ada.vanish();
        hears("interrupted");
    }

    @Test
    void jobs_are_killed_on_request_GS29() throws Exception {
        Future<?> job = member.spawn(this::work);
        hears("working");
        member.killJobs();
        hears("interrupted");
        assertThat(job.isCancelled()).isTrue();
        member.spawn(this::work);
        hears("working");
    }

    @Test
    void a_job_that_fails_is_logged_and_one_that_fails_because_it_was_killed_is_not() throws Exception {
        LogBook log = new LogBook("org.pocketsocket.handlers");
        try {
            Future<?> killed = member.spawn(() -> {
                work();
                throw new IllegalStateException("because it was killed");
            });
            hears("working");
            killed.cancel(true);
            hears("interrupted");
            Future<?> broken = member.spawn(() -> {
                throw new IllegalStateException("broken");
            });
            Eventually.eventually(Duration.ofSeconds(10), () -> "nothing was logged", () -> !log.records()
                    .isEmpty());
            assertThat(broken).failsWithin(Duration.ofSeconds(10));
            assertThat(log.records())
                    .extracting(told -> told.getThrown().getMessage())
                    .containsExactly("broken");
        } finally {
            log.close();
        }
    }

    @Test
    void many_who_spawn_at_once_do_not_get_more_jobs_than_there_may_be() throws Exception {
        CountDownLatch together = new CountDownLatch(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Future<?>>> spawned = threads.invokeAll(Collections.nCopies(8, () -> {
                together.countDown();
                together.await();
                return member.spawn(this::work);
            }));
            long refused = spawned.stream()
                    .filter(each -> catchThrowable(each::get) != null)
                    .count();
            assertThat(refused).isEqualTo(6);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_job_for_one_who_is_gone_does_not_start() {
        ada.leave("chat");
        assertThat(member.spawn(this::work).isCancelled()).isTrue();
        assertThat(member.every(Duration.ofMillis(1), this::work).isCancelled()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void a_rooms_job_is_interrupted_when_the_room_is_empty() throws Exception {
        member.join("lobby");
        chat.room("lobby").spawn(this::work);
        hears("working");
        member.leave("lobby");
        hears("interrupted");
        assertThat(chat.room("lobby").spawn(this::work).isCancelled()).isTrue();
    }

    @Test
    void a_channels_job_is_interrupted_when_the_channel_is_empty_and_not_before() throws Exception {
        TestClient bob = pocket.connect("bob").join("chat");
        chat.spawn(this::work);
        hears("working");
        ada.leave("chat");
        assertThat(told).isEmpty();
        bob.leave("chat");
        hears("interrupted");
    }

    @Test
    void a_patterns_channel_without_members_has_no_jobs() throws Exception {
        assertThat(pocket.channels().of("game/1").spawn(this::work).isCancelled())
                .isTrue();
        ada.join("game/1");
        pocket.channels().of("game/1").spawn(this::work);
        hears("working");
        ada.leave("game/1");
        hears("interrupted");
    }

    @Test
    void a_job_is_interrupted_when_the_server_stops() throws Exception {
        chat.spawn(this::work);
        hears("working");
        pocket.close();
        hears("interrupted");
    }

    @Test
    void a_repeated_job_runs_until_it_is_cancelled() throws Exception {
        Future<?> ticker = chat.every(Duration.ofMillis(1), () -> told.add("tick"));
        hears("tick");
        hears("tick");
        ticker.cancel(true);
        assertThat(ticker.isDone()).isTrue();
    }

    @Test
    void a_repeated_job_may_kill_itself() throws Exception {
        CountDownLatch runs = new CountDownLatch(2);
        chat.every(Duration.ofMillis(1), () -> {
            runs.countDown();
            chat.killJobs();
        });
        assertThat(runs.await(200, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(runs.getCount()).isEqualTo(1);
    }

    @Test
    void one_member_has_so_many_jobs_at_most() throws Exception {
        member.spawn(this::work);
        member.spawn(this::work);
        Said.no(4429, "too_many", () -> member.spawn(this::work));
        member.killJobs();
        member.spawn(this::work);
    }
}
