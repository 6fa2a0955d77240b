package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pocketsocket.message.Parcel;

class OutboxTest {

    private final AtomicLong clock = new AtomicLong();
    private final FakeWire wire = new FakeWire();
    private final Outbox outbox = new Outbox(wire, new Outbox.Bound(10, 1000), clock::get);

    private static Load load(String text) {
        return Load.of(Parcel.of(text));
    }

    private boolean append(String text) {
        return outbox.append(load(text));
    }

    @Test
    void sendsInOrderWhatWaits() {
        append("a");
        append("b");
        assertThat(wire.got()).isEmpty();
        outbox.flush();
        assertThat(wire.got()).containsExactly("a", "b");
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void hasOneWriteInFlightAtMost() {
        wire.stopReading();
        append("a");
        append("b");
        outbox.flush();
        outbox.flush();
        assertThat(wire.got()).containsExactly("a");
        wire.readOn();
        assertThat(wire.got()).containsExactly("a", "b");
        wire.readOn();
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void countsWhatIsInFlightAgainstItsBound() {
        wire.stopReading();
        assertThat(append("12345")).isTrue();
        outbox.flush();
        assertThat(append("123456")).isFalse();
        assertThat(append("12345")).isTrue();
        assertThat(outbox.bytes()).isEqualTo(10);
        wire.readOn();
        assertThat(outbox.bytes()).isEqualTo(5);
        assertThat(append("12345")).isTrue();
    }

    @Test
    void isStuckWhenNothingWasTakenForTooLong() {
        wire.stopReading();
        append("a");
        outbox.flush();
        clock.addAndGet(1000);
        assertThat(outbox.isStuck()).isFalse();
        clock.addAndGet(1);
        assertThat(outbox.isStuck()).isTrue();
        assertThat(append("b")).isFalse();
        wire.readOn();
        assertThat(outbox.isStuck()).isFalse();
    }

    @Test
    void takesAndSendsNothingOnceClosed() {
        wire.stopReading();
        append("a");
        append("b");
        outbox.flush();
        outbox.close();
        wire.readOn();
        assertThat(append("c")).isTrue();
        outbox.flush();
        assertThat(wire.got()).containsExactly("a");
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void sendsAtOnceWhenNothingWaitsAndBehindItElse() {
        assertThat(outbox.send(load("1"))).isTrue();
        assertThat(wire.got()).containsExactly("1");
        wire.stopReading();
        assertThat(outbox.send(load("2"))).isTrue();
        assertThat(outbox.send(load("3"))).isTrue();
        assertThat(wire.got()).containsExactly("1", "2");
        assertThat(outbox.bytes()).isEqualTo(2);
        assertThat(outbox.send(load("much too large"))).isFalse();
        wire.readOn();
        wire.readOn();
        assertThat(wire.got()).containsExactly("1", "2", "3");
        assertThat(outbox.bytes()).isZero();
        outbox.close();
        assertThat(outbox.send(load("4"))).isTrue();
        assertThat(wire.got()).hasSize(3);
    }

    @Test
    void dropsTheOldestOfChannelsThatAskForIt() {
        wire.stopReading();
        append("1");
        outbox.flush();
        append("keep");
        for (String text : List.of("aa", "bb", "cc", "dd")) {
            assertThat(outbox.append(new Load(Parcel.of(text), Policy.DROP_OLDEST, null)))
                    .isTrue();
        }
        assertThat(outbox.append(new Load(Parcel.of("longer"), Policy.DROP_OLDEST, null)))
                .isTrue();
        assertThat(outbox.bytes()).isLessThanOrEqualTo(10);
        IntStream.range(0, 9).forEach(i -> wire.readOn());
        assertThat(wire.got()).startsWith("1", "keep").doesNotContain("aa", "bb");
    }

    @Test
    void keepsOnlyTheLatestOfAName() {
        wire.stopReading();
        append("1");
        outbox.flush();
        for (String text : List.of("x1", "y1", "x2", "x3")) {
            String key = text.substring(0, 1);
            assertThat(outbox.append(new Load(Parcel.of(text), Policy.KEEP_LATEST, key)))
                    .isTrue();
        }
        IntStream.range(0, 9).forEach(i -> wire.readOn());
        assertThat(wire.got()).containsExactly("1", "y1", "x3");
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void doesNotRecurseIntoAWireThatIsReadyBeforeItsWriteReturns() {
        List<String> got = new ArrayList<>();
        Wire eager = new Wire() {
            @Override
            public boolean write(Parcel parcel, boolean more, Runnable ready) {
                got.addAll(parcel.texts());
                ready.run();
                return false;
            }

            @Override
            public void ping() {}

            @Override
            public void close(Goodbye goodbye) {}
        };
        Outbox large = new Outbox(eager, new Outbox.Bound(10_000_000, 1000), clock::get);
        IntStream.range(0, 100_000).forEach(i -> large.append(load("x")));
        large.flush();
        assertThat(got).hasSize(100_000);
    }

    @Test
    void losesNothingWhenManyThreadsAppendFlushAndReport() throws InterruptedException {
        Outbox large = new Outbox(wire.stopReading(), new Outbox.Bound(10_000_000, Long.MAX_VALUE), clock::get);
        Thread reader = new Thread(() -> {
            while (wire.got().size() < 4000) {
                wire.readOn();
                Thread.onSpinWait();
            }
        });
        reader.start();
        Thread[] writers = new Thread[4];
        for (int w = 0; w < writers.length; w++) {
            int writer = w;
            writers[w] = new Thread(() -> IntStream.range(0, 1000).forEach(i -> {
                if (i % 2 == 0) {
                    large.append(load(writer + "-" + i));
                    large.flush();
                } else {
                    large.send(load(writer + "-" + i));
                }
            }));
            writers[w].start();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(wire.await(4000)).hasSize(4000).doesNotHaveDuplicates();
        reader.join();
    }
}
