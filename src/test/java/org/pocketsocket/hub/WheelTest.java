package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WheelTest {

    private final AtomicLong clock = new AtomicLong(12_345);
    private final Wheel wheel = new Wheel(Duration.ofMillis(50), 8, clock::get);
    private final List<String> fired = new ArrayList<>();

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
        wheel.advance();
    }

    @Test
    void firesOnceAtTheFirstTickThatIsNotBeforeItsTime() {
        wheel.after(Duration.ofMillis(120), () -> fired.add("a"));
        pass(100);
        assertThat(fired).isEmpty();
        pass(50);
        assertThat(fired).containsExactly("a");
        pass(10_000);
        assertThat(fired).hasSize(1);
    }

    @Test
    void keepsTimersThatAreLongerThanARoundOfTheWheel() {
        wheel.after(Duration.ofMillis(2000), () -> fired.add("late"));
        wheel.after(Duration.ofMillis(400), () -> fired.add("a round"));
        for (int i = 0; i < 39; i++) {
            pass(50);
        }
        assertThat(fired).containsExactly("a round");
        pass(50);
        assertThat(fired).containsExactly("a round", "late");
    }

    @Test
    void firesWhatIsDueAtOnceAtTheNextTick() {
        wheel.after(Duration.ZERO, () -> fired.add("now"));
        wheel.advance();
        assertThat(fired).isEmpty();
        pass(50);
        assertThat(fired).containsExactly("now");
    }

    @Test
    void catchesUpAfterALongPause() {
        wheel.after(Duration.ofMillis(75), () -> fired.add("a"));
        wheel.after(Duration.ofSeconds(3), () -> fired.add("b"));
        pass(60_000);
        assertThat(fired).containsExactly("a", "b");
    }

    @Test
    void goesOnAfterATaskThatFails() {
        wheel.after(Duration.ofMillis(10), () -> {
            throw new IllegalStateException("expected by this test");
        });
        wheel.after(Duration.ofMillis(10), () -> fired.add("b"));
        pass(50);
        assertThat(fired).containsExactly("b");
    }
}
