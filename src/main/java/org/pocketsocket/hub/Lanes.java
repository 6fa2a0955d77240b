package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.List;
import org.pocketsocket.settings.Settings;

/** The delivery threads: a channel always uses the same lane, so its events keep their order. */
final class Lanes implements AutoCloseable {

    private static final int LARGEST_BATCH = 64 * 1024;

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Lanes(int count, Settings.Limits limits, Meter meter) {
        int batch = Math.min(LARGEST_BATCH, limits.outbox() / 4);
        for (int i = 0; i < count; i++) {
            Lane lane = new Lane(limits.lane(), batch, meter);
            lanes.add(lane);
            threads.add(Threads.start("pocket-lane-" + i, lane));
        }
    }

    Lane lane(String channel) {
        return lanes.get(Math.floorMod(channel.hashCode(), lanes.size()));
    }

    boolean isAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    void settle() throws InterruptedException {
        for (Lane lane : lanes) {
            lane.settle();
        }
    }

    @Override
    public void close() {
        lanes.forEach(Lane::stop);
        threads.forEach(Threads::join);
    }
}
