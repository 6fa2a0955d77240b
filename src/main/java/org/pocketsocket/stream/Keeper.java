package org.pocketsocket.stream;

import java.time.Duration;
import org.pocketsocket.Member;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.message.Raw;
import org.pocketsocket.settings.StreamSettings;

/** Goes round every second: collects connections that are over, says to others that we are here, forgets who was. */
final class Keeper {

    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int ROUNDS_TO_FORGET = 60;
    private static final Goodbye OVER = new Goodbye(4002, "no sign of life from you, connect again");
    private static final Raw NOTHING = new Raw("[]");

    private final House house;
    private final StreamSettings.Times times;
    private int rounds;

    Keeper(House house) {
        this.house = house;
        this.times = house.settings.times();
    }

    void start() {
        house.hub.schedule(ROUND, this::round);
    }

    private void round() {
        try {
            long now = house.directory.now();
            house.directory.connections().forEach(connection -> look(connection, now));
            if (++rounds % ROUNDS_TO_FORGET == 0) {
                forget();
            }
        } finally {
            start();
        }
    }

    private void forget() {
        synchronized (house.directory) {
            house.directory.forget(times);
        }
    }

    private void look(Connection connection, long now) {
        Connection.Reach reach = connection.reach();
        if (reach != null && connection.isOver(now, times.idle().toNanos())) {
            reach.peer().close(OVER);
            house.end(connection);
        } else {
            beat(connection, now);
        }
    }

    private void beat(Connection connection, long now) {
        Connection.Reach reach = connection.reach();
        if (reach != null && !reach.wire().wantsHeartbeat()) {
            reach.peer().heard(); // a poll cannot be asked; one that stays away is collected
        }
        Member member = connection.member();
        if (member != null && connection.beats(now, times.heartbeat().toNanos())) {
            member.sendVolatile(StreamCodec.HEARTBEAT, NOTHING);
        }
    }
}
