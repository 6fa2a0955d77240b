package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.Rejection;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** Who is here. Issue 5, presence. */
class PresenceTest {

    @Channel(value = "chat", presence = true)
    public static class Chat {

        @OnJoin
        void join(Member me) {
            if (me.identity().name().startsWith("a")) {
                me.join("lobby");
            }
        }

        @On("mood")
        void mood(String mood, Member me) {
            me.present(Map.of("mood", mood));
        }

        @On("enter")
        void enter(String room, Member me) {
            me.join(room);
        }

        @On("exit")
        void exit(String room, Member me) {
            me.leave(room);
        }
    }

    @Channel("secret")
    public static class Secret {
        @OnJoin
        void join() {}
    }

    private final TestPocket pocket = TestPocket.with(
            Map.of("pocket.presence.list", 3, "pocket.presence.pace", "50 ms"), new Chat(), new Secret());

    @AfterEach
    void end() {
        pocket.close();
    }

    private static JsonObject presence(TestClient client, Map<String, ?> more) {
        Map<String, Object> data = new HashMap<>(Map.of("channel", "chat"));
        data.putAll(more);
        return (JsonObject) client.ask("socket.presence", data, JsonValue.class);
    }

    private static List<String> users(JsonObject presence) {
        return presence.getJsonArray("members").getValuesAs(JsonObject.class).stream()
                .map(member -> member.getString("user"))
                .sorted()
                .toList();
    }

    private static String change(TestClient client) {
        JsonObject change = client.takeSocket("presence");
        String room = change.containsKey("room") ? "/" + change.getString("room") : "";
        String user =
                change.containsKey("member") ? change.getJsonObject("member").getString("user") : "";
        return change.getString("channel") + room + " " + change.getString("change") + " " + user + " "
                + change.getInt("count");
    }

    @Test
    void a_member_asks_who_is_here() {
        TestClient ada = pocket.connect("ada").join("chat");
        pocket.connect("bob").join("chat");
        assertThat(users(presence(ada, Map.of()))).containsExactly("ada", "bob");
        assertThat(presence(ada, Map.of()).getInt("count")).isEqualTo(2);
        assertThat(users(presence(ada, Map.of("room", "lobby")))).containsExactly("ada");
        assertThat(presence(ada, Map.of("room", "lobby"))
                        .getJsonArray("members")
                        .getJsonObject(0))
                .containsOnlyKeys("id", "user", "state");
    }

    @Test
    void a_user_with_several_connections_is_listed_with_each() {
        TestClient ada = pocket.connect("ada").join("chat");
        pocket.connect("ada").join("chat");
        JsonObject presence = presence(ada, Map.of());
        assertThat(users(presence)).containsExactly("ada", "ada");
        assertThat(presence.getJsonArray("members").getValuesAs(JsonObject.class))
                .extracting(member -> member.getString("id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void who_watches_is_told_of_comings_goings_and_changes() {
        TestClient ada = pocket.connect("ada").join("chat");
        presence(ada, Map.of("watch", true));
        TestClient bob = pocket.connect("bob").join("chat");
        assertThat(change(ada)).isEqualTo("chat join bob 2");
        bob.ask("socket.state", Map.of("channel", "chat", "state", Map.of("mood", "good")));
        JsonObject update = ada.takeSocket("presence");
        assertThat(update.getString("change")).isEqualTo("update");
        assertThat(update.getJsonObject("member").getJsonObject("state")).hasToString("{\"mood\":\"good\"}");
        bob.ask("chat.mood", "better");
        assertThat(ada.takeSocket("presence").getJsonObject("member").getJsonObject("state"))
                .hasToString("{\"mood\":\"better\"}");
        bob.leave("chat");
        assertThat(change(ada)).isEqualTo("chat leave bob 1");
        assertThat(bob.waitingSocket("presence")).isZero();
    }

    @Test
    void rooms_are_watched_for_themselves() {
        TestClient ada = pocket.connect("ada").join("chat");
        presence(ada, Map.of("watch", true, "room", "lobby"));
        TestClient bob =
                pocket.connect("bob").join("chat").ask("chat.enter", "lobby").ask("chat.enter", "lobby");
        assertThat(change(ada)).isEqualTo("chat/lobby join bob 2");
        bob.ask("chat.mood", "good");
        assertThat(change(ada)).isEqualTo("chat/lobby update bob 2");
        bob.ask("chat.exit", "lobby").ask("chat.exit", "lobby");
        assertThat(change(ada)).isEqualTo("chat/lobby leave bob 1");
        bob.ask("chat.enter", "lobby");
        bob.vanish();
        assertThat(change(ada)).isEqualTo("chat/lobby join bob 2");
        assertThat(change(ada)).isEqualTo("chat/lobby leave bob 1");
    }

    @Test
    void who_watches_no_more_is_told_no_more() {
        TestClient ada = pocket.connect("ada").join("chat");
        presence(ada, Map.of("watch", true));
        presence(ada, Map.of("watch", false));
        pocket.connect("bob").join("chat");
        assertThat(ada.waitingSocket("presence")).isZero();
        presence(ada, Map.of("watch", true, "room", "lobby"));
        ada.ask("chat.exit", "lobby");
        pocket.connect("abe").join("chat");
        assertThat(ada.waitingSocket("presence")).isZero();
    }

    @Test
    void of_too_many_only_the_number_is_told_and_not_for_each() {
        TestClient ada = pocket.connect("ada").join("chat");
        presence(ada, Map.of("watch", true));
        List<TestClient> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(pocket.connect("user" + i).join("chat"));
        }
        assertThat(change(ada)).isEqualTo("chat join user0 2");
        assertThat(change(ada)).isEqualTo("chat join user1 3");
        String last = change(ada);
        while (!last.equals("chat count  101")) {
            assertThat(last).startsWith("chat count  ");
            last = change(ada);
        }
        JsonObject presence = presence(ada, Map.of());
        assertThat(presence.getInt("count")).isEqualTo(101);
        assertThat(presence.getJsonArray("members")).isEmpty();
        assertThat(others).hasSize(100);
    }

    @Test
    void ten_thousand_members_cost_no_more_than_counts() {
        List<TestClient> watchers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            TestClient watcher = pocket.connect("ada").join("chat");
            presence(watcher, Map.of("watch", true, "room", "lobby"));
            watchers.add(watcher);
        }
        for (int i = 0; i < 10_000; i++) {
            TestClient ignored = pocket.connect("a" + i).join("chat");
        }
        String last = "";
        int told = 0;
        while (!last.equals("chat/lobby count  10010")) {
            last = change(watchers.get(0));
            told++;
        }
        // far from one for each: one for each 50 ms that this took, and the first few
        assertThat(told).isLessThan(1000);
        assertThat(pocket.channels().of("chat").room("lobby").count()).isEqualTo(10_010);
    }

    @Test
    void a_channel_that_does_not_say_so_tells_nothing() {
        TestClient ada = pocket.connect("ada").join("secret");
        assertThatThrownBy(() -> ada.ask("socket.presence", Map.of("channel", "secret")))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.code()).isEqualTo(4403));
    }

    @Test
    void only_members_may_look_and_only_into_their_rooms() {
        TestClient bob = pocket.connect("bob");
        assertThatThrownBy(() -> presence(bob, Map.of())).isInstanceOf(Rejection.class);
        bob.join("chat");
        assertThatThrownBy(() -> presence(bob, Map.of("room", "lobby"))).isInstanceOf(Rejection.class);
    }

    @Test
    void what_a_member_says_of_itself_has_a_limit() {
        TestClient ada = pocket.connect("ada").join("chat");
        assertThatThrownBy(() -> ada.ask("socket.state", Map.of("channel", "chat", "state", "x".repeat(1024))))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.error()).isEqualTo("invalid_packet"));
        ada.ask("socket.state", Map.of("channel", "chat", "state", "x".repeat(1022)));
        assertThatThrownBy(() -> ada.ask("chat.mood", "x".repeat(1024)))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.code()).isEqualTo(4500));
    }

    @Test
    void who_is_away_is_still_here() {
        TestClient ada = pocket.connect("ada").join("chat");
        presence(ada, Map.of("watch", true));
        TestClient bob = pocket.connect("bob");
        bob.ask("socket.hello", Map.of());
        bob.join("chat").vanish();
        assertThat(change(ada)).isEqualTo("chat join bob 2");
        assertThat(users(presence(ada, Map.of()))).containsExactly("ada", "bob");
        assertThat(ada.waitingSocket("presence")).isZero();
    }
}
