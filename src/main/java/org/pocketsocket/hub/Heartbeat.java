package org.pocketsocket.hub;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.pocketsocket.settings.Settings;

/**
 * Finds peers that are gone without a word: pings who was silent for an interval, and ends who stays silent for the
 * timeout after. Ends who takes nothing, too.
 */
final class Heartbeat {

    private final Settings.Heartbeat times;
    private final Wheel wheel;
    private final Consumer<Peer> end;

    /** @param end called for a peer that is silent: it says goodbye, and does what is to be done */
    Heartbeat(Settings.Heartbeat times, Wheel wheel, Consumer<Peer> end) {
        this.times = times;
        this.wheel = wheel;
        this.end = end;
    }

    /** Watches a peer until it is gone. The first beat comes at a random time, so that not all are pinged at once. */
    void watch(Peer peer) {
        long millis = times.interval().toMillis();
        Duration first = Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
        wheel.after(first, () -> beat(peer));
    }

    private void beat(Peer peer) {
        if (peer.isGone()) {
            return;
        } else if (peer.isStuck()) {
            peer.closeSlow();
        } else if (peer.wasHeard() || peer.where.isAway()) {
            wheel.after(times.interval(), () -> beat(peer));
        } else {
            wheel.after(times.timeout(), () -> verdict(peer));
            peer.ping();
        }
    }

    private void verdict(Peer peer) {
        if (!peer.wasHeard() && !peer.isGone() && !peer.where.isAway()) {
            end.accept(peer);
        }
        if (!peer.isGone()) {
            wheel.after(times.interval(), () -> beat(peer));
        }
    }
}
