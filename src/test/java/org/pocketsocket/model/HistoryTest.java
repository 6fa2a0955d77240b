package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.History;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.Rejection;
import org.pocketsocket.Room;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** What was sent is kept, and who was away gets what it missed, or is told that it cannot. Issue 5, history and recovery. */
class HistoryTest {

    @Channel("chat")
    @History(size = 5, ttl = 60)
    public static class Chat {

        @OnJoin
        String join(Member me) {
            if (!me.identity().isAnonymous()) {
                me.join(me.identity().name());
            }
            return "welcome";
        }

        @On("say")
        void say(String text, ChannelRef chat) {
            chat.send("said", text);
        }

        @On("say-to")
        void sayTo(List<String> what, ChannelRef chat) {
            chat.room(what.get(0)).send("said", what.get(1));
        }

        @On("say-others")
        void sayOthers(String text, Member me, ChannelRef chat) {
            chat.except(me).send("said", text);
        }

        @On("trifle")
        void trifle(String text, Member me, ChannelRef chat) {
            chat.sendVolatile("said", text);
            chat.sendLatest("said", "k", text);
            me.send("said", text);
            chat.user("ada").send("said", text);
        }

        @History.Snapshot
        void snapshot(Member me, Room what, ChannelRef chat) {
            me.send("state", what.name() + " of " + chat.name());
        }
    }

    @Channel("plain")
    public static class Plain {
        @On("say")
        void say(String text, ChannelRef plain) {
            plain.send("said", text);
        }
    }

    private final TestPocket pocket = TestPocket.with(Map.of("pocket.history.recovery", 4), new Chat(), new Plain());

    @AfterEach
    void end() {
        pocket.close();
    }

    private static Map<String, Object> since(JsonObject entry) {
        return Map.of("epoch", entry.getString("epoch"), "offset", entry.getInt("offset"));
    }

    private static List<String> texts(JsonObject entry) {
        return entry.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("data"))
                .toList();
    }

    private JsonObject history(TestClient client, Map<String, ?> more) {
        Map<String, Object> data = new java.util.HashMap<>(Map.of("channel", "chat"));
        data.putAll(more);
        return (JsonObject) client.ask("socket.history", data, JsonValue.class);
    }

    @Test
    void events_carry_their_place() {
        TestClient ada = pocket.connect("ada").join("chat");
        ada.ask("chat.say", "a").ask("chat.say", "b").ask("chat.say-to", List.of("ada", "c"));
        assertThat(ada.take("chat.said")).hasToString("{\"message\":\"chat.said\",\"offset\":1,\"data\":\"a\"}");
        assertThat(ada.take("chat.said")).hasToString("{\"message\":\"chat.said\",\"offset\":2,\"data\":\"b\"}");
        assertThat(ada.take("chat.said"))
                .hasToString("{\"message\":\"chat.said\",\"room\":\"ada\",\"offset\":1,\"data\":\"c\"}");
    }

    @Test
    void a_channel_that_keeps_none_does_not() {
        TestClient ada = pocket.connect("ada");
        assertThat(ada.receipt("socket.join", Map.of("channel", "plain"))).doesNotContainKey("history");
        ada.ask("plain.say", "a");
        assertThat(ada.take("plain.said")).doesNotContainKey("offset");
        assertThatThrownBy(() -> ada.ask("socket.history", Map.of("channel", "plain")))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.error()).isEqualTo("no_history"));
    }

    @Test
    void a_setting_lets_a_channel_keep_its_history() {
        try (TestPocket other = TestPocket.with(Map.of("pocket.history.channels", "plain"), new Plain())) {
            TestClient ada = other.connect("ada").ask("plain.say", "a");
            assertThat(ada.take("plain.said").getInt("offset")).isEqualTo(1);
        }
    }

    @Test
    void a_join_tells_where_its_streams_end() {
        TestClient ada = pocket.connect("ada");
        JsonObject receipt = ada.receipt("socket.join", Map.of("channel", "chat"));
        assertThat(receipt.getString("data")).isEqualTo("welcome");
        JsonObject history = receipt.getJsonObject("history");
        assertThat(history.keySet()).containsExactly("", "ada");
        assertThat(history.getJsonObject("").getInt("offset")).isZero();
        assertThat(history.getJsonObject("")).doesNotContainKeys("recovered", "more");
        assertThat(texts(history.getJsonObject(""))).isEmpty();
    }

    @Test
    void who_comes_back_gets_everything_it_missed_in_each_of_its_rooms() {
        TestClient ada = pocket.connect("ada");
        JsonObject before =
                ada.receipt("socket.join", Map.of("channel", "chat")).getJsonObject("history");
        ada.vanish();
        TestClient bob = pocket.connect("bob").ask("chat.say", "1").ask("chat.say", "2");
        bob.ask("chat.say-to", List.of("ada", "3")).ask("chat.say-to", List.of("zoe", "4"));
        Map<String, ?> since = Map.of("", since(before.getJsonObject("")), "ada", since(before.getJsonObject("ada")));
        JsonObject after = pocket.connect("ada")
                .receipt("socket.join", Map.of("channel", "chat", "since", since))
                .getJsonObject("history");
        assertThat(texts(after.getJsonObject(""))).containsExactly("1", "2");
        assertThat(texts(after.getJsonObject("ada"))).containsExactly("3");
        assertThat(after.getJsonObject("").getBoolean("recovered")).isTrue();
        assertThat(after.getJsonObject("ada").getBoolean("recovered")).isTrue();
        assertThat(after).doesNotContainKey("zoe");
    }

    @Test
    void who_missed_too_much_gets_none_of_it_and_a_snapshot() {
        TestClient bob = pocket.connect("bob").join("chat");
        JsonObject before = history(bob, Map.of("limit", 0));
        for (int i = 0; i < 5; i++) {
            bob.ask("chat.say", "x"); // 5 are kept, but only 4 are given
        }
        TestClient ada = pocket.connect("ada");
        JsonObject after = ada.receipt(
                        "socket.join", Map.of("channel", "chat", "since", Map.of("", since(before)), "last", 2))
                .getJsonObject("history")
                .getJsonObject("");
        assertThat(after.getBoolean("recovered")).isFalse();
        assertThat(texts(after)).hasSize(2);
        assertThat(ada.next("chat.state", String.class)).isEqualTo("chat of chat");
    }

    @Test
    void who_was_in_another_epoch_gets_a_snapshot() {
        TestClient ada = pocket.connect("ada");
        Map<String, ?> other = Map.of("epoch", "other", "offset", 0);
        JsonObject after = ada.receipt(
                        "socket.join",
                        Map.of("channel", "chat", "since", Map.of("", since(history(other()), 0), "ada", other)))
                .getJsonObject("history");
        assertThat(after.getJsonObject("ada").getBoolean("recovered")).isFalse();
        assertThat(ada.next("chat.state", String.class)).isEqualTo("ada of chat");
    }

    private TestClient other() {
        return pocket.connect("zoe").join("chat");
    }

    private JsonObject history(TestClient client) {
        return history(client, Map.of("limit", 0));
    }

    private static Map<String, Object> since(JsonObject entry, int offset) {
        return Map.of("epoch", entry.getString("epoch"), "offset", offset);
    }

    @Test
    void a_late_joiner_may_have_the_last_few() {
        TestClient bob =
                pocket.connect("bob").ask("chat.say", "1").ask("chat.say", "2").ask("chat.say", "3");
        JsonObject after = pocket.connect("ada")
                .receipt("socket.join", Map.of("channel", "chat", "last", 2))
                .getJsonObject("history")
                .getJsonObject("");
        assertThat(texts(after)).containsExactly("2", "3");
        assertThat(after).doesNotContainKey("recovered");
        assertThat(after.getBoolean("more")).isTrue();
        assertThat(bob.waiting("chat.said")).isEqualTo(3);
    }

    @Test
    void a_gap_is_filled_without_reconnecting() {
        TestClient ada = pocket.connect("ada").join("chat");
        JsonObject before = history(ada);
        ada.ask("chat.say", "1").ask("chat.say", "2");
        JsonObject after = history(ada, Map.of("since", since(before)));
        assertThat(after.getBoolean("recovered")).isTrue();
        assertThat(texts(after)).containsExactly("1", "2");
        assertThat(after.getInt("offset")).isEqualTo(2);
    }

    @Test
    void a_gap_that_cannot_be_filled_is_said_to_be_and_nothing_comes() {
        TestClient ada = pocket.connect("ada").join("chat");
        JsonObject before = history(ada);
        for (int i = 0; i < 5; i++) {
            ada.ask("chat.say", "x");
        }
        JsonObject after = history(ada, Map.of("since", since(before)));
        assertThat(after.getBoolean("recovered")).isFalse();
        assertThat(texts(after)).isEmpty();
        assertThat(ada.next("chat.state", String.class)).isEqualTo("chat of chat");
    }

    @Test
    void history_is_read_in_pages_forwards_and_backwards() {
        TestClient ada = pocket.connect("ada").join("chat");
        JsonObject before = history(ada);
        List.of("1", "2", "3", "4", "5").forEach(text -> ada.ask("chat.say", text));
        JsonObject page = history(ada, Map.of("since", since(before), "limit", 3));
        assertThat(texts(page)).containsExactly("1", "2", "3");
        assertThat(page.getBoolean("more")).isTrue();
        assertThat(page.getBoolean("recovered")).isFalse();
        page = history(ada, Map.of("since", since(page, 3), "limit", 3));
        assertThat(texts(page)).containsExactly("4", "5");
        assertThat(page.getBoolean("recovered")).isTrue();
        assertThat(texts(history(ada, Map.of("limit", 2)))).containsExactly("4", "5");
        assertThat(texts(history(ada, Map.of("limit", 2, "reverse", true)))).containsExactly("5", "4");
        assertThat(texts(history(ada, Map.of("since", since(page, 4), "reverse", true))))
                .containsExactly("3", "2", "1");
        assertThat(texts(history(ada, Map.of()))).containsExactly("2", "3", "4", "5");
    }

    @Test
    void only_members_look_back_and_only_at_their_rooms() {
        TestClient ada = pocket.connect("ada");
        assertThatThrownBy(() -> history(ada)).isInstanceOf(Rejection.class).hasMessageContaining("not in channel");
        ada.join("chat");
        history(ada, Map.of("room", "ada"));
        assertThatThrownBy(() -> history(ada, Map.of("room", "bob")))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("not in room");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        TestClient ada = pocket.connect("ada").join("chat");
        for (Map<String, ?> wrong : List.of(
                Map.of("limit", "many"),
                Map.of("limit", -1),
                Map.of("room", 7),
                Map.of("reverse", "yes"),
                Map.of("since", "now"),
                Map.of("since", Map.of("epoch", 1, "offset", 1)))) {
            assertThatThrownBy(() -> history(ada, wrong))
                    .isInstanceOfSatisfying(
                            Rejection.class, no -> assertThat(no.error()).isEqualTo("invalid_packet"));
        }
    }

    @Test
    void who_was_left_out_does_not_get_it_from_the_history_but_others_do() {
        TestClient ada = pocket.connect("ada").join("chat");
        TestClient bob = pocket.connect("bob").join("chat");
        JsonObject before = history(ada);
        ada.ask("chat.say-others", "1").ask("chat.say", "2");
        assertThat(texts(history(ada, Map.of("since", since(before))))).containsExactly("2");
        assertThat(texts(history(bob, Map.of("since", since(before))))).containsExactly("1", "2");
    }

    @Test
    void what_is_for_the_moment_or_for_some_is_not_kept() {
        TestClient ada = pocket.connect("ada").ask("chat.trifle", "x");
        assertThat(ada.take("chat.said")).doesNotContainKey("offset");
        assertThat(history(ada, Map.of()).getInt("offset")).isZero();
    }

    @Test
    void an_event_with_a_key_is_sent_once() {
        TestClient ada = pocket.connect("ada").join("chat");
        ChannelRef chat = pocket.channels().of("chat");
        assertThat(chat.sendOnce("k1", "said", "a")).isTrue();
        assertThat(chat.sendOnce("k1", "said", "b")).isFalse();
        assertThat(chat.sendOnce("k2", "said", "c")).isTrue();
        assertThat(chat.room("ada").sendOnce("k1", "said", "d")).isTrue();
        assertThat(pocket.channels().of("plain").sendOnce("k1", "said", "e")).isTrue();
        assertThat(pocket.channels().of("plain").sendOnce("k1", "said", "f")).isFalse();
        assertThat(ada.waiting("chat.said")).isEqualTo(3);
        assertThatThrownBy(() -> chat.sendOnce("", "said", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_room_knows_how_many_are_in_it() {
        pocket.connect("ada").join("chat");
        pocket.connect("bob").join("chat");
        assertThat(pocket.channels().of("chat").count()).isEqualTo(2);
        assertThat(pocket.channels().of("chat").room("ada").count()).isEqualTo(1);
        assertThat(pocket.channels().of("chat").room("nobody").count()).isZero();
    }
}
