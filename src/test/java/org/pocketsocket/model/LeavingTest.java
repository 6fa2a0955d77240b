package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.Notice;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** The end of a membership: once, with its reason; what is kept till then, and what is noticed. */
class LeavingTest {

    static class Counter {
        final AtomicInteger count = new AtomicInteger();
    }

    static class Base {
        final List<String> left = new CopyOnWriteArrayList<>();

        @On("count")
        int count(Member me) {
            return me.state(Counter.class, Counter::new).count.incrementAndGet();
        }

        @On("session")
        int session(Member me) {
            return me.session(Counter.class, Counter::new).count.incrementAndGet();
        }

        @On("go")
        void go(Member me) {
            me.leave();
            me.leave();
        }

        @On("kick me")
        void kick(String why, Member me) {
            me.kick(why);
        }

        @OnLeave
        void left(Member me, ChannelRef from, OnLeave.Reason why) {
            left.add(me.identity().name() + " " + why);
            from.send("left", from.members().contains(me));
        }
    }

    @Channel("chat")
    static class Chat extends Base {
        @OnJoin
        String join(Identity who) {
            if (who.isAnonymous()) {
                throw new Rejection(4401, "not_authorized", "who are you?");
            }
            return "welcome";
        }
    }

    @Channel("other")
    static class Other extends Base {}

    private final Chat chat = new Chat();
    private final Other other = new Other();
    private final TestPocket pocket = TestPocket.of(chat, other);
    private final TestClient ada = pocket.connect("ada").join("chat");

    @AfterEach
    void end() {
        pocket.close();
    }

    private List<String> notices() {
        return pocket.notices().stream()
                .map(notice -> notice.getClass().getSimpleName())
                .toList();
    }

    @Test
    void leaving_is_told_once_with_its_reason_GS23_GS30() {
        ada.leave("chat");
        ada.close();
        assertThat(chat.left).containsExactly("ada LEFT");
    }

    @Test
    void closing_and_vanishing_are_told_in_every_channel_GS3_GS23_GS65() {
        ada.join("other").close();
        TestClient bob = pocket.connect("bob").join("chat");
        bob.vanish();
        bob.vanish();
        bob.close();
        assertThat(chat.left).containsExactly("ada CLOSED", "bob LOST");
        assertThat(other.left).containsExactly("ada CLOSED");
    }

    @Test
    void a_member_may_be_made_to_leave_GS30() {
        ada.ask("chat.go", null);
        assertThat(chat.left).containsExactly("ada LEFT");
        assertThat(pocket.channels().of("chat").members()).isEmpty();
        ada.ask("chat.count", null, Integer.class);
        assertThat(pocket.channels().of("chat").members()).hasSize(1);
    }

    @Test
    void a_kicked_peer_is_disconnected_with_4001() {
        ada.join("other").send("chat.kick me", "bad language");
        assertThat(ada.closeCode()).isEqualTo(4001);
        assertThat(chat.left).containsExactly("ada KICKED");
        assertThat(other.left).containsExactly("ada KICKED");
    }

    @Test
    void who_is_refused_never_leaves() {
        TestClient nobody = pocket.connect();
        Said.no(4401, "not_authorized", () -> nobody.join("chat"));
        nobody.vanish();
        assertThat(chat.left).isEmpty();
    }

    @Test
    void who_is_gone_is_no_member_any_more_when_it_is_told() {
        TestClient bob = pocket.connect("bob").join("chat");
        ada.vanish();
        assertThat(bob.next("chat.left", boolean.class)).isFalse();
    }

    @Test
    void all_leave_when_the_server_stops() {
        pocket.connect("bob").join("chat");
        pocket.close();
        assertThat(chat.left).containsExactlyInAnyOrder("ada STOPPED", "bob STOPPED");
        assertThat(ada.closeCode()).isEqualTo(1001);
    }

    @Test
    void who_goes_while_it_is_let_in_leaves_once() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch on = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger();
        class Slow {
            @OnJoin
            void join() throws InterruptedException {
                inside.countDown();
                on.await();
            }

            @OnLeave
            void left() {
                left.incrementAndGet();
            }
        }
        pocket.channels().register("slow", new Slow());
        Thread joining = new Thread(() -> ada.send("slow.x", null));
        joining.start();
        inside.await();
        ada.vanish();
        on.countDown();
        joining.join();
        assertThat(left).hasValue(1);
        assertThat(pocket.channels().of("slow").members()).isEmpty();
    }

    @Test
    void a_membership_has_its_state_and_a_peer_its_session_GS9_GS20_GS65() {
        ada.join("other");
        assertThat(ada.ask("chat.count", null, int.class)).isEqualTo(1);
        assertThat(ada.ask("chat.count", null, int.class)).isEqualTo(2);
        assertThat(ada.ask("other.count", null, int.class)).isEqualTo(1);
        assertThat(ada.ask("chat.session", null, int.class)).isEqualTo(1);
        assertThat(ada.ask("other.session", null, int.class)).isEqualTo(2);
        ada.leave("chat").join("chat");
        assertThat(ada.ask("chat.count", null, int.class)).isEqualTo(1);
        assertThat(ada.ask("chat.session", null, int.class)).isEqualTo(3);
        assertThat(pocket.connect("ada").join("chat").ask("chat.session", null, int.class))
                .isEqualTo(1);
    }

    @Test
    void who_comes_and_goes_is_noticed_in_order_and_once_a_turn() {
        TestClient bob = pocket.connect("bob").join("chat");
        ada.leave("chat");
        bob.vanish();
        ada.join("chat");
        assertThat(notices())
                .containsExactly(
                        "Connected",
                        "Occupied",
                        "Joined",
                        "Connected",
                        "Joined",
                        "Left",
                        "Left",
                        "Vacated",
                        "Disconnected",
                        "Occupied",
                        "Joined");
        assertThat(pocket.notices().get(2)).isInstanceOfSatisfying(Notice.Joined.class, joined -> {
            assertThat(joined.channel().name()).isEqualTo("chat");
            assertThat(joined.member().identity().name()).isEqualTo("ada");
        });
    }

    @Test
    void a_refused_peer_occupies_nothing() {
        ada.leave("chat");
        int before = notices().size();
        Said.no(4401, "not_authorized", () -> pocket.connect().join("chat"));
        assertThat(notices().subList(before, notices().size())).containsExactly("Connected");
    }
}
