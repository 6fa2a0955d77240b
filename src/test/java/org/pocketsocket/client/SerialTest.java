package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialTest {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();

    private void runAll() {
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
        }
    }

    @Test
    void tasks_run_in_their_order_a_turn_at_a_time() {
        Serial serial = new Serial(turns::add, () -> {});
        IntStream.range(0, 200).forEach(i -> serial.execute(() -> done.add(i)));
        assertThat(turns).hasSize(1);
        turns.remove().run();
        assertThat(done).hasSizeBetween(1, 199);
        runAll();
        assertThat(done).hasSize(200).isSorted();
    }

    @Test
    void too_much_presses_and_less_releases() {
        List<Boolean> told = new ArrayList<>();
        Serial[] self = new Serial[1];
        Serial serial = new Serial(turns::add, () -> told.add(self[0].isPressed()));
        self[0] = serial;
        IntStream.range(0, Serial.HIGH).forEach(i -> serial.execute(() -> {}));
        assertThat(told).containsExactly(true);
        runAll();
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void who_is_told_late_sees_how_it_is_now() {
        List<Boolean> seen = new ArrayList<>();
        Serial[] self = new Serial[1];
        boolean[] first = {true};
        Serial serial = new Serial(turns::add, () -> {
            if (first[0]) {
                first[0] = false;
                runAll(); // another thread is done with everything before we say that it is too much
            }
            seen.add(self[0].isPressed());
        });
        self[0] = serial;
        IntStream.range(0, Serial.HIGH).forEach(i -> serial.execute(() -> {}));
        assertThat(seen).containsExactly(false, false);
    }
}
