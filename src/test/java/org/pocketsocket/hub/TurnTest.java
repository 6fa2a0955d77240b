package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final Turn turn = new Turn();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void runsWhatIsLeftBehindInTheThreadThatHasTheTurn() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        Thread holder = new Thread(() -> turn.take(() -> {
            inside.countDown();
            await(left);
            done.add("taken");
        }));
        holder.start();
        await(inside);
        turn.leave(() -> done.add("left, in " + Thread.currentThread().getName()));
        assertThat(done).isEmpty();
        left.countDown();
        holder.join();
        assertThat(done).containsExactly("taken", "left, in " + holder.getName());
    }

    @Test
    void runsAtOnceWhatTheHolderLeavesToItself() {
        turn.take(() -> {
            turn.leave(() -> done.add("first"));
            done.add("second");
        });
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void passesTheTurnOnWhenATaskFails() {
        try {
            turn.take(() -> {
                throw new IllegalStateException("expected by this test");
            });
        } catch (IllegalStateException e) {
            done.add(e.getMessage());
        }
        turn.take(() -> done.add("next"));
        assertThat(done).containsExactly("expected by this test", "next");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
