package org.pocketsocket.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.hub.ChannelHandler;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

/** What is counted when things happen in a hub. */
class MetricsTest {

    private static final Wire WIRE = new Wire() {
        @Override
        public boolean write(Parcel parcel, boolean more, Runnable ready) {
            return true;
        }

        @Override
        public String transport() {
            return "test";
        }

        @Override
        public void ping() {}

        @Override
        public void close(Goodbye goodbye) {}
    };

    private static final ChannelHandler CHANNEL = new ChannelHandler() {
        @Override
        public Object join(Call call) {
            call.member().join("room");
            return "welcome";
        }

        @Override
        public Object event(Call call) {
            call.channel().send("told", call.envelope().event());
            return 1;
        }

        @Override
        public void leave(Call call, Reason reason) {}
    };

    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private final Json json = new Json();
    private final Hub hub = new Hub(
            Settings.of(Map.of("pocket.announce", 0, "pocket.limits.rate", 1, "pocket.limits.burst", 100)),
            json,
            Outside.plain(Runnable::run));
    private final List<Peer> peers = new ArrayList<>();
    private final Metrics metrics = new Metrics(hub.overview());

    MetricsTest() {
        hub.register("chat", CHANNEL);
        hub.measure(metrics);
    }

    @AfterEach
    void end() {
        peers.forEach(peer -> hub.disconnect(peer, Reason.CLOSED));
        hub.close();
        json.close();
    }

    private Peer connects(String user) {
        Handshake handshake = new Handshake("127.0.0.1", 1, Map.of(), Map.of(), Identity.of(user));
        Peer peer = hub.connect(handshake, codec, WIRE);
        peers.add(peer);
        return peer;
    }

    private void says(Peer peer, String text) {
        hub.receive(peer, codec.decode(text));
    }

    private Map<String, String> ours() {
        return metrics.text()
                .lines()
                .filter(line -> line.startsWith("pocket_"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> line.substring(line.lastIndexOf(' ') + 1).replace(".0", "")));
    }

    @Test
    void what_happens_is_counted_and_who_is_here_is_looked_up() throws InterruptedException {
        Peer ada = connects("ada");
        Peer bob = connects("bob");
        connects("ada");
        says(ada, "{\"id\":1,\"message\":\"socket.join\",\"data\":{\"channel\":\"chat\"}}");
        says(bob, "{\"id\":2,\"message\":\"chat.say\"}");
        says(bob, "{\"id\":3,\"message\":\"socket.join\",\"data\":{\"channel\":\"nowhere\"}}");
        says(bob, "[");
        hub.settle();
        assertThat(ours())
                .containsEntry("pocket_connections{transport=\"test\"}", "3")
                .containsEntry("pocket_users", "2")
                .containsEntry("pocket_channels", "1")
                .containsEntry("pocket_rooms", "1")
                .containsEntry("pocket_subscriptions", "2")
                .containsEntry("pocket_messages_received_total", "4")
                .containsEntry("pocket_commands_seconds_count{method=\"join\"}", "2")
                .containsEntry("pocket_commands_seconds_count{method=\"event\"}", "1")
                .containsEntry("pocket_commands_seconds_count{method=\"relay\"}", "1")
                .containsEntry("pocket_errors_total{code=\"4404\"}", "1")
                .as("four answers, one event for two, one relay for two")
                .containsEntry("pocket_messages_sent_total", "8");
        hub.disconnect(bob, Reason.LOST);
        ada.close(new Goodbye(4001, "enough"));
        hub.disconnect(ada, Reason.CLOSED);
        assertThat(ours())
                .containsEntry("pocket_connections{transport=\"test\"}", "1")
                .containsEntry("pocket_subscriptions", "0")
                .containsEntry("pocket_disconnects_total{code=\"1006\"}", "1")
                .containsEntry("pocket_disconnects_total{code=\"4001\"}", "1");
    }

    @Test
    void answers_to_pings_are_counted() {
        metrics.answered(3_000_000);
        assertThat(ours())
                .containsEntry("pocket_rtt_seconds_bucket{le=\"0.001\"}", "0")
                .containsEntry("pocket_rtt_seconds_count", "1");
    }

    @Test
    void who_talks_too_much_is_counted() {
        Peer ada = connects("ada");
        IntStream.range(0, 300).forEach(i -> says(ada, "x"));
        assertThat(Integer.parseInt(ours().get("pocket_rate_limited_total"))).isPositive();
    }

    @Test
    void no_label_is_a_name_that_somebody_chose() {
        IntStream.range(0, 50).forEach(i -> {
            Peer peer = connects("user" + i);
            says(peer, "{\"message\":\"channel" + i + ".event" + i + "\"}");
            says(peer, "{\"message\":\"chat.event" + i + "\"}");
        });
        Set<String> names = ours().keySet();
        assertThat(names).noneMatch(name -> name.matches(".*(user|channel|event)\\d.*"));
        assertThat(names).hasSizeLessThan(80);
    }
}
