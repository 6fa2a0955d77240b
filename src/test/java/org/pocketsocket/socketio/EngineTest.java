package org.pocketsocket.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.socketio.Fakes.FakePipe;
import org.pocketsocket.socketio.Fakes.FakePoll;

/** What the official suite of Engine.IO asks for, and what hostile clients try. */
class EngineTest {

    private static final int MOMENT = 30;

    private final Fakes.Time time = new Fakes.Time();
    private int over;

    private Engine engine(Revision revision) {
        Beat.Pace pace = new Beat.Pace(Duration.ofMillis(300), Duration.ofMillis(200));
        return new Engine(
                new Engine.Terms(
                        revision,
                        (packets, poll) -> poll.answer(revision.write(packets)),
                        pace,
                        Duration.ofSeconds(1),
                        100),
                time.world(),
                () -> over++);
    }

    /** One that was opened by a poll, which has got what opens it. */
    private Engine polling(Revision revision) {
        Engine engine = engine(revision);
        echo = new Fakes.Echo(engine);
        engine.begin(echo, null, "0{}");
        poll(engine);
        return engine;
    }

    private Fakes.Echo echo;

    private FakePoll poll(Engine engine) {
        FakePoll poll = new FakePoll();
        engine.poll(poll);
        return poll;
    }

    private FakePipe upgraded(Engine engine) {
        FakePipe pipe = new FakePipe();
        assertThat(engine.attach(pipe)).isTrue();
        engine.text(pipe, "2probe");
        engine.text(pipe, "5");
        return pipe;
    }

    // ---- polling

    @Test
    void a_session_opens_with_the_first_poll() {
        Engine engine = engine(Revision.FOUR);
        engine.begin(new Fakes.Echo(engine), null, "0{}");
        assertThat(poll(engine).got).isEqualTo("0{}");
    }

    @Test
    void messages_wait_for_the_poll_and_the_poll_for_messages() {
        Engine engine = polling(Revision.FOUR);
        engine.receive("4a");
        engine.receive("bAQ==");
        assertThat(poll(engine).got).isEqualTo("4a\u001ebAQ==");
        FakePoll held = poll(engine);
        assertThat(held.got).isEmpty();
        engine.receive("4c");
        assertThat(held.got).isEqualTo("4c");
    }

    @Test
    void what_a_poll_was_answered_does_not_come_again_by_the_websocket_that_takes_over_at_that_moment() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = new FakePipe();
        FakePoll held = new FakePoll() {
            @Override
            public void answer(String body) {
                super.answer(body);
                engine.text(pipe, "5");
            }
        };
        assertThat(engine.attach(pipe)).isTrue();
        engine.text(pipe, "2probe");
        engine.poll(held);
        engine.receive("4a");
        assertThat(held.got).isEqualTo("4a");
        assertThat(pipe.got).containsExactly("3probe");
        engine.receive("4b");
        assertThat(pipe.got).containsExactly("3probe", "4b");
    }

    @Test
    void revision_3_is_written_as_it_is_written() {
        Engine engine = polling(Revision.THREE);
        engine.receive("4a");
        engine.receive("bAQ==");
        assertThat(poll(engine).got).isEqualTo("2:4a6:b4AQ==");
        engine.receive("2");
        assertThat(poll(engine).got).isEqualTo("1:3");
    }

    @Test
    void two_polls_at_once_end_the_session() {
        Engine engine = polling(Revision.FOUR);
        FakePoll first = poll(engine);
        FakePoll second = poll(engine);
        assertThat(first.got).isEqualTo("1");
        assertThat(second.got).isEqualTo("400");
        assertThat(poll(engine).got).isEqualTo("400");
        assertThat(over).isEqualTo(1);
        assertThat(echo.ends).containsExactly("lost");
    }

    @Test
    void a_poll_that_breaks_off_ends_the_session() {
        Engine engine = polling(Revision.FOUR);
        FakePoll poll = poll(engine);
        engine.broke(poll);
        assertThat(over).isEqualTo(1);
        assertThat(poll.got).isEmpty();
    }

    @Test
    void a_goodbye_ends_the_poll_that_is_held() {
        Engine engine = polling(Revision.FOUR);
        FakePoll held = poll(engine);
        FakePoll post = new FakePoll();
        engine.farewell(post);
        assertThat(held.got).isEqualTo("6");
        assertThat(post.got).isEqualTo("ok");
        assertThat(poll(engine).got).isEqualTo("400");
        assertThat(echo.ends).containsExactly("clean");
    }

    @Test
    void a_goodbye_waits_a_moment_for_the_poll_beside_it() {
        Engine engine = polling(Revision.FOUR);
        FakePoll post = new FakePoll();
        engine.farewell(post);
        assertThat(post.got).isEmpty();
        FakePoll late = poll(engine);
        assertThat(late.got).isEqualTo("6");
        assertThat(post.got).isEqualTo("ok");
        Engine other = polling(Revision.FOUR);
        FakePoll alone = new FakePoll();
        other.farewell(alone);
        time.pass(MOMENT);
        assertThat(alone.got).isEqualTo("ok");
        assertThat(poll(other).got).isEqualTo("400");
    }

    @Test
    void bad_packets_end_the_session() {
        for (String packet : new String[] {"abc", "", "4bad", "2", "b!"}) {
            Engine engine = polling(Revision.FOUR);
            engine.receive(packet);
            assertThat(poll(engine).got).as(packet).isEqualTo("400");
        }
    }

    @Test
    void a_full_mailbox_lets_the_sender_wait() {
        Engine engine = polling(Revision.FOUR);
        boolean[] ready = {false};
        assertThat(engine.write(Parcel.of('4' + "x".repeat(200)), false, () -> ready[0] = true))
                .isFalse();
        assertThat(ready[0]).isFalse();
        poll(engine);
        assertThat(ready[0]).isTrue();
    }

    // ---- heartbeat

    @Test
    void pings_and_lives_on_when_it_is_answered() {
        Engine engine = polling(Revision.FOUR);
        for (int i = 0; i < 10; i++) {
            FakePoll poll = poll(engine);
            time.pass(300);
            assertThat(poll.got).isEqualTo("2");
            engine.receive("3");
        }
        assertThat(engine.isAlive()).isTrue();
    }

    @Test
    void is_over_when_it_was_silent_for_interval_and_timeout() {
        Engine engine = polling(Revision.FOUR);
        time.pass(499);
        assertThat(engine.isAlive()).isTrue();
        time.pass(1);
        assertThat(engine.isAlive()).isFalse();
        assertThat(over).isEqualTo(1);
    }

    @Test
    void answers_to_no_ping_do_not_make_it_ping() {
        Engine engine = polling(Revision.FOUR);
        for (int i = 0; i < 100; i++) {
            engine.receive("3");
        }
        time.pass(300);
        assertThat(poll(engine).got).isEqualTo("2");
    }

    // ---- WebSocket

    @Test
    void a_webSocket_may_come_first() {
        Engine engine = engine(Revision.FOUR);
        FakePipe pipe = new FakePipe();
        engine.begin(new Fakes.Echo(engine), pipe, "0{}");
        engine.text(pipe, "4a");
        time.pass(300);
        assertThat(pipe.got).containsExactly("0{}", "4a", "2");
        engine.text(pipe, "1");
        assertThat(pipe.got).endsWith("closed");
        assertThat(engine.isAlive()).isFalse();
    }

    @Test
    void what_waits_goes_to_the_webSocket_that_takes_over() {
        Engine engine = polling(Revision.FOUR);
        engine.receive("4a");
        FakePipe pipe = upgraded(engine);
        engine.text(pipe, "4b");
        assertThat(pipe.got).containsExactly("3probe", "4a", "4b");
        assertThat(poll(engine).got).isEqualTo("400");
    }

    @Test
    void a_slow_webSocket_gets_all_in_order() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = new FakePipe();
        engine.attach(pipe);
        engine.text(pipe, "2probe");
        engine.write(Parcel.of("4a"), false, () -> {});
        pipe.reads = false;
        engine.text(pipe, "5");
        boolean[] ready = {false};
        assertThat(engine.write(Parcel.of("4b"), false, () -> ready[0] = true)).isFalse();
        assertThat(pipe.got).containsExactly("3probe", "4a");
        pipe.reads = true;
        pipe.ready.run();
        assertThat(ready[0]).isTrue();
        assertThat(pipe.got).containsExactly("3probe", "4a", "4b");
    }

    @Test
    void a_poll_that_is_held_is_ended_by_the_probe() {
        Engine engine = polling(Revision.FOUR);
        FakePoll held = poll(engine);
        FakePipe pipe = new FakePipe();
        engine.attach(pipe);
        assertThat(held.got).isEmpty();
        engine.text(pipe, "2probe");
        assertThat(held.got).isEqualTo("6");
        FakePoll next = poll(engine);
        time.pass(MOMENT);
        assertThat(next.got).isEqualTo("6");
        engine.text(pipe, "5");
        assertThat(poll(engine).got).isEqualTo("400");
    }

    @Test
    void a_poll_that_the_end_of_the_upgrade_overtakes_is_refused() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = new FakePipe();
        engine.attach(pipe);
        FakePoll poll = poll(engine);
        engine.text(pipe, "2probe");
        engine.text(pipe, "5");
        assertThat(poll.got).isEqualTo("400");
    }

    @Test
    void a_second_webSocket_is_not_wanted() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = new FakePipe();
        assertThat(engine.attach(pipe)).isTrue();
        assertThat(engine.attach(new FakePipe())).isFalse();
        engine.text(pipe, "2probe");
        engine.text(pipe, "5");
        FakePipe late = new FakePipe();
        assertThat(engine.attach(late)).isFalse();
        engine.text(late, "4x");
        engine.gone(late, false);
        engine.text(pipe, "4a");
        assertThat(pipe.got).containsExactly("3probe", "4a");
    }

    @Test
    void a_probe_that_is_never_finished_ends_and_polling_goes_on() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = new FakePipe();
        engine.attach(pipe);
        engine.text(pipe, "2probe");
        for (int i = 0; i < 4; i++) {
            time.pass(250);
            engine.receive("3");
        }
        assertThat(pipe.got).endsWith("closed");
        poll(engine);
        engine.receive("4a");
        assertThat(poll(engine).got).isEqualTo("4a");
    }

    @Test
    void a_webSocket_that_does_not_probe_is_closed_and_polling_goes_on() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = new FakePipe();
        engine.attach(pipe);
        engine.text(pipe, "5");
        assertThat(pipe.got).containsExactly("closed");
        engine.receive("4a");
        assertThat(poll(engine).got).isEqualTo("4a");
        FakePipe gone = new FakePipe();
        engine.attach(gone);
        engine.gone(gone, false);
        assertThat(engine.attach(new FakePipe())).isTrue();
    }

    @Test
    void a_webSocket_that_is_gone_ends_the_session() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = upgraded(engine);
        engine.gone(pipe, true);
        assertThat(echo.ends).containsExactly("clean");
        assertThat(engine.isPolling()).isFalse();
    }

    @Test
    void pauses_and_then_goes_on_in_order() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = upgraded(engine);
        engine.pause();
        boolean[] ready = {false};
        assertThat(engine.write(Parcel.of("4a"), false, () -> ready[0] = true)).isFalse();
        assertThat(pipe.got).containsExactly("3probe");
        time.pass(MOMENT);
        assertThat(pipe.got).containsExactly("3probe", "4a");
        assertThat(ready[0]).isTrue();
    }

    // ---- last words

    @Test
    void last_words_reach_a_webSocket_before_it_is_closed() {
        Engine engine = polling(Revision.FOUR);
        FakePipe pipe = upgraded(engine);
        engine.end(4001, "out", "41");
        assertThat(pipe.got).containsExactly("3probe", "41", "closed");
    }

    @Test
    void last_words_reach_a_webSocket_that_is_busy_with_what_was_said_before() {
        Engine engine = polling(Revision.FOUR);
        engine.receive("4a");
        FakePipe pipe = new FakePipe();
        pipe.reads = false;
        assertThat(engine.attach(pipe)).isTrue();
        engine.text(pipe, "2probe");
        engine.text(pipe, "5");
        assertThat(pipe.got).containsExactly("3probe", "4a");
        engine.end(4001, "out", "41");
        assertThat(pipe.got).containsExactly("3probe", "4a", "41", "closed");
    }

    @Test
    void last_words_reach_the_poll_that_is_held_or_the_next() {
        Engine engine = polling(Revision.FOUR);
        FakePoll held = poll(engine);
        engine.end(4001, "out", "41");
        assertThat(held.got).isEqualTo("41");
        Engine other = polling(Revision.FOUR);
        other.end(4001, "out", "41");
        assertThat(echo.ends).containsExactly("lost");
        assertThat(poll(other).got).isEqualTo("41");
        assertThat(poll(other).got).isEqualTo("1");
        assertThat(poll(other).got).isEqualTo("400");
    }

    @Test
    void without_last_words_it_is_over_at_once() {
        Engine engine = polling(Revision.FOUR);
        FakePoll held = poll(engine);
        engine.end(1001, "stopping", "");
        assertThat(held.got).isEqualTo("1");
        assertThat(engine.write(Parcel.of("4a"), false, () -> {})).isTrue();
        assertThat(over).isEqualTo(1);
    }

    @Test
    void old_clients_learn_of_their_session_a_moment_after_the_handshake() {
        Engine engine = engine(Revision.THREE);
        FakePipe pipe = new FakePipe();
        engine.begin(new Fakes.Echo(engine), pipe, "0{}");
        engine.receive("4a");
        assertThat(pipe.got).isEmpty();
        time.pass(30);
        assertThat(pipe.got).containsExactly("0{}", "4a");
        engine.receive("4b");
        assertThat(pipe.got).endsWith("4b");
        engine.gone(pipe, false);
        assertThat(over).isEqualTo(1);
    }
}
