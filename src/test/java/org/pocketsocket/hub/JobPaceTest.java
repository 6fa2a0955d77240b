package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A repeated job on a wheel that turns a little late, as threads do. */
class JobPaceTest {

    private final AtomicLong clock = new AtomicLong();
    private final Wheel wheel = new Wheel(Duration.ofMillis(50), 512, clock::get);
    private final Jobs jobs = new Jobs(new Jobs.Workers(Runnable::run, wheel, 1));
    private final AtomicInteger runs = new AtomicInteger();

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
        wheel.advance();
    }

    @Test
    void a_job_every_100_ms_runs_ten_times_a_second() {
        pass(20);
        jobs.every(Duration.ofMillis(100), runs::incrementAndGet);
        for (int i = 0; i < 62; i++) {
            pass(50);
        }
        assertThat(runs).hasValue(30);
    }

    @Test
    void what_a_stalled_clock_left_out_is_not_made_up_for() {
        jobs.every(Duration.ofMillis(100), runs::incrementAndGet);
        pass(60_000);
        assertThat(runs).hasValue(1);
        pass(50);
        pass(50);
        pass(50);
        assertThat(runs).hasValueBetween(2, 3);
    }
}
