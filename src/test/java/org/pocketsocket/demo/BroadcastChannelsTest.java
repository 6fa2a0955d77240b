package org.pocketsocket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** The channels that talk by themselves (GS-92): one job, as long as somebody is there. */
class BroadcastChannelsTest {

    @Test
    void the_cpu_channel_sends_points_from_0_to_1_to_all_who_look_GS92() {
        try (TestPocket pocket = TestPocket.of(new CpuChannel())) {
            TestClient ada = pocket.connect("ada").join("cpu");
            TestClient bob = pocket.connect("bob").join("cpu");
            CpuChannel.Point first = ada.next("cpu.point", CpuChannel.Point.class);
            CpuChannel.Point second = ada.next("cpu.point", CpuChannel.Point.class);
            assertThat(first.load()).isBetween(0.0, 1.0);
            assertThat(second.at()).isGreaterThan(first.at());
            assertThat(bob.next("cpu.point", CpuChannel.Point.class)).isNotNull();
        }
    }

    @Test
    void the_cpu_channel_begins_again_for_who_comes_after_all_have_left() {
        try (TestPocket pocket = TestPocket.of(new CpuChannel())) {
            TestClient ada = pocket.connect("ada").join("cpu");
            assertThat(ada.next("cpu.point", CpuChannel.Point.class)).isNotNull();
            ada.leave("cpu");
            TestClient bob = pocket.connect("bob").join("cpu");
            assertThat(bob.next("cpu.point", CpuChannel.Point.class)).isNotNull();
        }
    }

    @Test
    void the_ticker_counts_and_everybody_gets_the_same_line_GS92() {
        try (TestPocket pocket = TestPocket.of(new TickerChannel())) {
            TestClient ada = pocket.connect("ada").join("ticker");
            TestClient bob = pocket.connect("bob").join("ticker");
            TickerChannel.Tick tick = ada.next("ticker.tick", TickerChannel.Tick.class);
            assertThat(tick.no()).isEqualTo(1);
            assertThat(tick.text()).isNotBlank();
            assertThat(bob.next("ticker.tick", TickerChannel.Tick.class)).isEqualTo(tick);
            assertThat(ada.next("ticker.tick", TickerChannel.Tick.class).no()).isEqualTo(2);
        }
    }
}
