package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Handshake;
import org.pocketsocket.Notice;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.WhenSlow;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

/** What a member gets that does not read: by its channel's rule, and by the verb. */
class SlowMemberTest {

    private static final class Ruled extends FakeChannel {
        private final WhenSlow rule;

        Ruled(WhenSlow rule) {
            this.rule = rule;
        }

        @Override
        public WhenSlow whenSlow() {
            return rule;
        }
    }

    private final Json json = new Json();
    private final FakeWire wire = new FakeWire();
    private final List<Notice> notices = new ArrayList<>();
    private final Hub hub = new Hub(
            Settings.of(Map.of("pocket.announce", 0, "pocket.limits.outbox", 1000)),
            json,
            Outside.plain(Runnable::run).with(this::notice));
    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private final Peer peer = hub.connect(Handshake.from("127.0.0.1", 1), codec, wire);

    private synchronized void notice(Notice notice) {
        notices.add(notice);
    }

    @AfterEach
    void end() {
        hub.close();
        json.close();
    }

    /** A channel whose member has one event on its way and takes no more. */
    private ChannelRef busy(WhenSlow rule) throws InterruptedException {
        hub.register("chat", new Ruled(rule));
        wire.whenClosed(() -> hub.disconnect(peer, Reason.LOST));
        hub.receive(peer, codec.decode("{\"message\":\"socket.join\",\"data\":{\"channel\":\"chat\"}}"));
        wire.stopReading();
        ChannelRef chat = hub.of("chat");
        chat.send("first", 0);
        hub.settle();
        return chat;
    }

    /** What comes when it reads on; without the channel's name. */
    private List<String> rest() throws InterruptedException {
        hub.settle();
        int before = wire.got().size();
        for (int i = 0; i < 100; i++) {
            wire.readOn();
        }
        return wire.got().subList(before, wire.got().size()).stream()
                .map(text ->
                        text.replaceAll("\\{\"message\":\"chat\\.|\"|}", "").replace(",data:", " "))
                .toList();
    }

    @Test
    void a_volatile_event_is_dropped() throws Exception {
        ChannelRef chat = busy(WhenSlow.CLOSE);
        chat.sendVolatile("tick", 1);
        chat.send("news", 2);
        assertThat(rest()).containsExactly("news 2");
    }

    @Test
    void only_the_latest_of_a_key_is_kept() throws Exception {
        ChannelRef chat = busy(WhenSlow.CLOSE);
        chat.sendLatest("ship", "a", 1);
        chat.sendLatest("ship", "b", 2);
        chat.sendLatest("ship", "a", 3);
        chat.send("news", 4);
        assertThat(rest()).containsExactly("ship 2", "ship 3", "news 4");
    }

    @Test
    void a_channel_may_keep_the_latest_of_each_event() throws Exception {
        ChannelRef chat = busy(WhenSlow.KEEP_LATEST);
        chat.send("price", 1);
        chat.send("trend", 2);
        chat.send("price", 3);
        assertThat(rest()).containsExactly("trend 2", "price 3");
    }

    @Test
    void a_channel_may_drop_the_oldest() throws Exception {
        ChannelRef chat = busy(WhenSlow.DROP_OLDEST);
        for (int i = 1; i <= 50; i++) {
            chat.send("line", "x".repeat(60) + i);
            hub.settle();
        }
        List<String> rest = rest();
        assertThat(rest).hasSizeBetween(5, 12);
        assertThat(rest.get(rest.size() - 1)).endsWith("x50");
        assertThat(wire.goodbye()).isNull();
    }

    @Test
    void a_member_is_put_out_else_and_told_so_and_that_is_noticed() throws Exception {
        ChannelRef chat = busy(WhenSlow.CLOSE);
        for (int i = 1; i <= 50; i++) {
            chat.send("line", "x".repeat(60) + i);
        }
        hub.settle();
        assertThat(wire.awaitGoodbye().code()).isEqualTo(4008);
        assertThat(chat.members()).isEmpty();
        assertThat(notices).hasAtLeastOneElementOfType(Notice.SlowConsumer.class);
        assertThat(notices)
                .filteredOn(Notice.Left.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Notice.Left.class, left -> assertThat(left.reason()).isEqualTo(Reason.TOO_SLOW));
    }
}
