package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Handshake;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

class HeartbeatTest {

    private final AtomicLong clock = new AtomicLong();
    private final Wheel wheel = new Wheel(Duration.ofMillis(50), 64, clock::get);
    private final FakeWire wire = new FakeWire();
    private final Outbox outbox =
            new Outbox(wire, new Outbox.Bound(1000, Duration.ofSeconds(5).toNanos()), clock::get);
    private final List<Long> answered = new ArrayList<>();
    private final Meter meter = new Meter() {
        @Override
        public void answered(long nanos) {
            answered.add(nanos);
        }
    };
    private final Peer peer = new Peer(
            new Whereabouts.Line(Handshake.from("::1", 1), wire, outbox),
            new PocketCodec(WireLimits.DEFAULT),
            new Peer.Via(new Peer.Watch(Trace.NONE, slow -> {}, meter), new Bucket(1, 1, 0), new Users(), who -> {}));
    private final List<Peer> ended = new ArrayList<>();
    private final Heartbeat heartbeat =
            new Heartbeat(new Settings.Heartbeat(Duration.ofSeconds(10), Duration.ofSeconds(3)), wheel, who -> {
                ended.add(who);
                who.where.end();
            });

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 10; i++) {
            clock.addAndGet(Duration.ofMillis(100).toNanos());
            wheel.advance();
        }
    }

    @Test
    void pingsWhoIsSilentAndEndsWhoStaysSilent() {
        heartbeat.watch(peer);
        pass(21); // heard when it came, then silent for an interval
        assertThat(wire.pings()).isEqualTo(1);
        pass(4);
        assertThat(ended).containsExactly(peer);
        pass(100);
        assertThat(wire.pings()).isEqualTo(1);
    }

    @Test
    void measuresHowLongAPingTakesToBeAnswered() {
        heartbeat.watch(peer);
        peer.heard();
        assertThat(answered).as("nobody had asked").isEmpty();
        passUntilPinged(1);
        peer.heard();
        peer.heard();
        assertThat(answered).singleElement().satisfies(nanos -> assertThat(nanos)
                .isPositive());
        passUntilPinged(2);
        pass(4);
        peer.heard();
        assertThat(answered).as("too late to be an answer").hasSize(1);
    }

    private void passUntilPinged(int times) {
        for (int i = 0; i < 600 && wire.pings() < times; i++) {
            clock.addAndGet(Duration.ofMillis(100).toNanos());
            wheel.advance();
        }
        assertThat(wire.pings()).isEqualTo(times);
    }

    @Test
    void endsWhoCannotEvenBePinged() {
        wire.failAtPings();
        heartbeat.watch(peer);
        pass(25);
        assertThat(ended).containsExactly(peer);
    }

    @Test
    void leavesWhoAnswersInPeaceForEver() {
        heartbeat.watch(peer);
        for (int i = 0; i < 100; i++) {
            pass(2);
            if (wire.pings() > 0) {
                peer.heard();
            }
        }
        assertThat(wire.goodbye()).isNull();
        assertThat(wire.pings()).isPositive();
    }

    @Test
    void doesNotPingWhoTalksAnyway() {
        heartbeat.watch(peer);
        for (int i = 0; i < 100; i++) {
            pass(2);
            peer.heard();
        }
        assertThat(wire.pings()).isZero();
    }

    @Test
    void endsWhoTakesNothing() {
        wire.stopReading();
        heartbeat.watch(peer);
        peer.append(Load.of(Parcel.of("x")));
        peer.flush();
        pass(11);
        assertThat(wire.goodbye()).isEqualTo(Goodbye.TOO_SLOW);
    }

    @Test
    void forgetsWhoIsGone() {
        heartbeat.watch(peer);
        peer.where.end();
        pass(60);
        assertThat(wire.pings()).isZero();
        assertThat(ended).isEmpty();
    }
}
