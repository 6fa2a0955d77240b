package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Channels;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** Who gets what is sent, and in which order: rooms and users, too. */
class SendingTest {

    @Channel("chat")
    static class Chat {
        @On("all")
        void all(String text, ChannelRef chat) {
            chat.send("said", text);
        }

        @On("others")
        void others(String text, Member me, ChannelRef chat) {
            chat.except(me).send("said", text);
        }

        @On("me")
        void me(String text, Member me) {
            me.send("said", text);
        }

        @On("enter")
        Set<String> enter(String room, Member me) {
            me.join(room);
            me.join(room);
            return me.rooms();
        }

        @On("exit")
        Set<String> exit(String room, Member me) {
            me.leave(room);
            me.leave(room);
            return me.rooms();
        }

        @On("room")
        void room(String room, String text, Member me, ChannelRef chat) {
            chat.room(room).except(me).send("said", text);
        }
    }

    @Channel("news")
    static class News {
        @On("nothing")
        void nothing() {}
    }

    private final TestPocket pocket =
            TestPocket.with(java.util.Map.of("pocket.limits.rooms", 2), new Chat(), new News());
    private final TestClient ada = pocket.connect("ada").join("chat");
    private final TestClient bob = pocket.connect("bob").join("chat");
    private final TestClient outsider = pocket.connect("eve");
    private final Channels channels = pocket.channels();

    @AfterEach
    void end() {
        pocket.close();
    }

    private String said(TestClient to) {
        return to.next("chat.said", String.class);
    }

    private void hearNothing(TestClient... clients) {
        for (TestClient client : clients) {
            assertThat(client.waiting("chat.said")).isZero();
        }
    }

    @Test
    void all_members_get_what_a_channel_is_sent_and_nobody_else_GS61() {
        ada.ask("chat.all", "hi");
        assertThat(said(ada)).isEqualTo("hi");
        assertThat(said(bob)).isEqualTo("hi");
        hearNothing(outsider);
    }

    @Test
    void all_but_some_may_be_sent_to_GS61() {
        ada.ask("chat.others", "hi");
        assertThat(said(bob)).isEqualTo("hi");
        hearNothing(ada, outsider);
    }

    @Test
    void one_member_may_be_sent_to_GS4_GS35() {
        ada.ask("chat.me", "hi");
        assertThat(said(ada)).isEqualTo("hi");
        hearNothing(bob, outsider);
    }

    @Test
    void a_payload_is_any_json_text_and_nothing_too_GS36() {
        ChannelRef chat = channels.of("chat");
        chat.send("a", "text");
        chat.send("b", List.of(1, 2));
        chat.send("c", null);
        assertThat(ada.next("chat.a", String.class)).isEqualTo("text");
        assertThat((Object) ada.next("chat.b", List.class)).hasToString("[1, 2]");
        assertThat(ada.next("chat.c", Object.class)).isNull();
    }

    @Test
    void an_event_needs_a_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> channels.of("chat").send("", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> channels.user("ada").send("nochannel", 1));
    }

    @Test
    void a_user_is_put_out_on_all_devices() {
        TestClient phone = pocket.connect("ada").join("news");
        channels.kick("ada", "enough");
        assertThat(ada.closeCode()).isEqualTo(4001);
        assertThat(phone.closeCode()).isEqualTo(4001);
        channels.of("chat").send("said", "hi");
        assertThat(said(bob)).isEqualTo("hi");
    }

    @Test
    void a_user_is_reached_on_all_devices_and_in_another_channel_GS37() {
        TestClient phone = pocket.connect("ada").join("news");
        channels.user("ada").send("news.flash", "tea");
        assertThat(ada.next("news.flash", String.class)).isEqualTo("tea");
        assertThat(phone.next("news.flash", String.class)).isEqualTo("tea");
        channels.of("chat").user("ada").send("said", "in the chat only");
        assertThat(said(ada)).isEqualTo("in the chat only");
        hearNothing(phone, bob);
        assertThat(bob.waiting("news.flash")).isZero();
    }

    @Test
    void a_room_is_for_those_who_entered_it_GS60() {
        assertThat((Object) ada.ask("chat.enter", "lobby", Set.class)).hasToString("[lobby]");
        bob.ask("chat.enter", "lobby", Set.class);
        TestClient cat = pocket.connect("cat").join("chat");
        ada.ask("chat.room", List.of("lobby", "hi"));
        assertThat(said(bob)).isEqualTo("hi");
        hearNothing(ada, cat);
        assertThat(channels.of("chat").room("lobby").members()).hasSize(2);
    }

    @Test
    void leaving_a_room_twice_is_leaving_it_GS60() {
        bob.ask("chat.enter", "lobby", Set.class);
        assertThat((Object) bob.ask("chat.exit", "lobby", Set.class)).hasToString("[]");
        ada.ask("chat.room", List.of("lobby", "hi"));
        hearNothing(bob);
    }

    @Test
    void equal_names_of_rooms_in_two_channels_are_two_rooms_GS60() {
        bob.ask("chat.enter", "lobby", Set.class);
        ada.join("news");
        channels.of("news").members().forEach(member -> member.join("lobby"));
        channels.of("news").room("lobby").send("flash", 1);
        assertThat(ada.next("news.flash", Integer.class)).isEqualTo(1);
        hearNothing(bob);
    }

    @Test
    void who_goes_is_in_no_room() {
        bob.ask("chat.enter", "lobby", Set.class);
        bob.vanish();
        assertThat(channels.of("chat").room("lobby").members()).isEmpty();
    }

    @Test
    void a_member_is_in_so_many_rooms_at_most() {
        ada.ask("chat.enter", "one", Set.class);
        ada.ask("chat.enter", "two", Set.class);
        Said.no(4429, "too_many", () -> ada.ask("chat.enter", "three", Set.class));
        ada.ask("chat.enter", "two", Set.class);
    }

    @Test
    void a_channels_events_come_to_all_in_one_order() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(4);
        IntStream.range(0, 4)
                .forEach(sender -> senders.execute(() ->
                        IntStream.range(0, 250).forEach(n -> channels.of("chat").send("said", sender + " " + n))));
        senders.shutdown();
        assertThat(senders.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        List<String> one = heard(ada);
        assertThat(heard(bob)).isEqualTo(one);
        for (int sender = 0; sender < 4; sender++) {
            String own = sender + " ";
            assertThat(one.stream().filter(text -> text.startsWith(own)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 250).mapToObj(n -> own + n).toList());
        }
    }

    private List<String> heard(TestClient client) {
        List<String> all = new ArrayList<>();
        for (int count = client.waiting("chat.said"); count > 0; count--) {
            all.add(said(client));
        }
        return all;
    }
}
