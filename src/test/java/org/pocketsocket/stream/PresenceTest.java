package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Eventually;

/** Who is told of what, and what becomes of who is away: CS-42, CS-52, CS-53, CS-61, CS-62, CS-63. */
class PresenceTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Stage stage = new Stage(Map.of("pocket.stream.listed", 2, "pocket.stream.missed", 3));
    private Stage.Browser ada;

    @BeforeEach
    void open() {
        stage.call("channel_config", "{'a':{'notify_presence':true,'notify_state':true},'quiet':{}}");
        stage.connect("ada", "c1", "a", "quiet");
        stage.settle(); // who comes before her own coming is told is told of it
        ada = stage.browser("c1");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    // ---- presence

    @Test
    void others_are_told_of_a_users_first_and_last_connection_in_a_channel_CS_52() {
        stage.call(
                "connect",
                "{'user':'bob','conn_id':'b1','channels':['a','quiet'],'user_state':{'x':1,'y':2},'state_public_keys':['x']}");
        stage.connect("bob", "b2", "a");
        stage.browser("b1");
        JsonObject joined = ada.got().get(0);
        assertThat(joined.getString("type")).isEqualTo("presence");
        assertThat(joined.getString("user")).isEqualTo("bob");
        assertThat(joined.getString("channel")).isEqualTo("a");
        assertThat(joined.getJsonObject("message")).hasToString("{\"action\":\"joined\"}");
        assertThat(joined.getJsonObject("state")).hasToString("{\"x\":1}");
        assertThat(joined.getBoolean("catchup")).isFalse();
        assertThat(joined).containsKeys("uuid", "timestamp").doesNotContainKey("users");
        stage.call("unsubscribe", "{'conn_id':'b1','channels':['a']}");
        assertThat(ada.got()).hasSize(1);
        stage.call("unsubscribe", "{'conn_id':'b2','channels':['a']}");
        JsonObject parted = ada.got().get(1);
        assertThat(parted.getJsonObject("message")).hasToString("{\"action\":\"parted\"}");
        assertThat(parted.isNull("state")).isTrue();
    }

    @Test
    void its_own_user_hears_nothing_of_it_CS_52() {
        stage.connect("bob", "b1", "quiet");
        Stage.Browser bob = stage.browser("b1");
        stage.call("subscribe", "{'conn_id':'b1','channels':['a']}");
        assertThat(bob.got()).isEmpty();
        assertThat(ada.got()).hasSize(1);
    }

    @Test
    void notices_list_who_is_there_where_that_is_wanted_and_short_CS_52_CS_40() {
        stage.call("channel_config", "{'a':{'broadcast_presence_with_user_lists':true}}");
        stage.connect("bob", "b1", "a");
        stage.connect("cleo", "d1", "a");
        assertThat(ada.got().get(0).getJsonArray("users").getValuesAs(user -> user.asJsonObject()
                        .getString("user")))
                .containsExactly("ada", "bob");
        assertThat(ada.got().get(1)).doesNotContainKey("users"); // more than pocket.stream.listed
    }

    @Test
    void a_change_of_state_is_told_as_far_as_it_is_public_CS_53() {
        stage.connect("bob", "b1", "a");
        Stage.Browser bob = stage.browser("b1");
        stage.call("user_state", "{'user':'bob','user_state':{'x':1,'y':2},'state_public_keys':['x']}");
        JsonObject change = bob.got().get(0);
        assertThat(change.getString("type")).isEqualTo("user_state_change");
        assertThat(change.getString("user")).isEqualTo("bob");
        assertThat(change.getJsonObject("message"))
                .hasToString("{\"state\":{\"x\":1},\"changed\":[{\"key\":\"x\",\"value\":1}]}");
        assertThat(ada.got().get(1).getString("type")).isEqualTo("user_state_change");
        stage.call("user_state", "{'user':'bob','user_state':{'x':1}}");
        assertThat(bob.got()).hasSize(1);
    }

    // ---- being away

    @Test
    void who_comes_back_gets_what_was_missed_marked_so_CS_42() {
        stage.post("{'channel':'a','user':'x','message':1}");
        assertThat(ada.got()).hasSize(1);
        stage.seat("c1").gone(ada);
        stage.post("[{'channel':'a','user':'x','message':2},{'pm_users':['ada'],'user':'x','message':3},"
                + "{'channel':'a','user':'x','message':4,'exclude_users':['ada']},"
                + "{'channel':'a','user':'x','message':5,'pm_users':['bob']}]");
        stage.settle();
        Stage.Browser again = stage.browser("c1");
        stage.post("{'channel':'a','user':'x','message':6}");
        assertThat(again.messages()).containsExactly("2", "3", "6");
        assertThat(again.got().stream().map(item -> item.getBoolean("catchup"))).containsExactly(true, true, false);
        assertThat(again.lists().get(0)).startsWith("[{").contains("},{");
    }

    @Test
    void what_was_changed_meanwhile_comes_as_it_is_now_CS_24_CS_25_CS_42() {
        stage.seat("c1").gone(ada);
        String first = stage.post("{'channel':'a','user':'x','message':1}")
                .getJsonObject(0)
                .getString("uuid");
        String second = stage.post("{'pm_users':['ada'],'user':'x','message':2}")
                .getJsonObject(0)
                .getString("uuid");
        stage.edit("{'uuid':'" + first + "','channel':'a','message':10}");
        stage.settle();
        stage.delete("{'uuid':'" + second + "','pm_users':['ada']}");
        stage.settle();
        Stage.Browser again =
                stage.browser("c1"); // it may miss three, see the settings above: the first one is forgotten
        assertThat(again.got().stream().map(item -> item.getString("type") + item.get("message")))
                .containsExactly("message:edit10", "message:deletenull");
    }

    @Test
    void a_channel_that_keeps_no_frames_brings_nothing_late_CS_40() {
        stage.call("channel_config", "{'a':{'store_frames':false}}");
        stage.seat("c1").gone(ada);
        stage.post("{'channel':'a','user':'x','message':1}");
        stage.settle();
        assertThat(stage.browser("c1").got()).isEmpty();
    }

    @Test
    void what_comes_while_it_catches_up_waits_behind() {
        stage.seat("c1").gone(ada);
        stage.post("{'channel':'a','user':'x','message':1}");
        stage.settle();
        Stage.Browser slow = stage.new Browser();
        slow.block();
        stage.seat("c1").attach(slow);
        stage.post("[{'channel':'a','user':'x','message':2},{'channel':'a','user':'x','message':3}]");
        assertThat(slow.messages()).containsExactly("1");
        slow.readOn();
        assertThat(slow.messages()).containsExactly("1", "2", "3");
    }

    @Test
    void what_waited_behind_it_when_it_broke_is_missed_too() {
        stage.seat("c1").gone(ada);
        stage.post("{'channel':'a','user':'x','message':1}");
        stage.settle();
        Stage.Browser slow = stage.new Browser();
        slow.block();
        stage.seat("c1").attach(slow);
        stage.post("{'channel':'a','user':'x','message':2}");
        stage.settle();
        stage.seat("c1").gone(slow);
        stage.post("{'channel':'a','user':'x','message':3}");
        stage.settle();
        assertThat(stage.browser("c1").messages()).containsExactly("2", "3");
    }

    @Test
    void a_second_line_takes_the_place_of_the_first() {
        Stage.Browser second = stage.browser("c1");
        assertThat(ada.goodbye().code()).isEqualTo(1000);
        stage.seat("c1").gone(ada);
        stage.post("{'channel':'a','user':'x','message':1}");
        assertThat(second.messages()).containsExactly("1");
        assertThat(ada.got()).isEmpty();
    }

    // ---- collection

    @Test
    void a_connection_that_is_idle_is_collected_and_its_line_closed_CS_61() {
        stage.connect("bob", "b1", "a");
        stage.pass(Duration.ofSeconds(15));
        stage.seat("c1").heard();
        stage.pass(Duration.ofMillis(1));
        Eventually.eventually(
                SOON, () -> "bob is here", () -> stage.house.connection("b1").isEmpty());
        assertThat(stage.house.connection("c1")).isPresent();
        assertThat(ada.got().get(1).getJsonObject("message")).hasToString("{\"action\":\"parted\"}");
        assertThat(ada.goodbye()).isNull();
        stage.pass(Duration.ofSeconds(16));
        Eventually.eventually(SOON, () -> "ada is here", () -> ada.goodbye() != null);
        assertThat(ada.goodbye().code()).isEqualTo(4002);
        assertThat(stage.call("info", "{}").getInt("total_connections")).isZero();
    }

    @Test
    void what_is_sent_keeps_a_connection_alive_CS_61() {
        stage.pass(Duration.ofSeconds(14));
        stage.post("{'channel':'a','user':'x','message':1}");
        assertThat(ada.got()).hasSize(1);
        stage.pass(Duration.ofSeconds(14));
        stage.connect("bob", "b1", "a");
        stage.house.calls.disconnect("b1"); // so that we see that somebody went round
        Eventually.eventually(
                SOON, () -> "bob is here", () -> stage.house.connection("b1").isEmpty());
        assertThat(stage.house.connection("c1")).isPresent();
    }

    @Test
    void a_connection_whose_line_closes_is_collected_at_once_CS_61() {
        stage.seat("c1").gone(ada);
        Eventually.eventually(
                SOON, () -> "ada is here", () -> stage.house.connection("c1").isEmpty());
    }

    @Test
    void an_empty_list_is_the_heartbeat_CS_63_CS_32() {
        stage.pass(Duration.ofSeconds(5));
        Eventually.eventually(
                SOON, () -> "got " + ada.lists(), () -> ada.lists().contains("[]"));
        assertThat(ada.got()).isEmpty();
    }

    @Test
    void users_and_channels_that_nobody_needs_are_forgotten_CS_62() {
        stage.connect("bob", "b1", "b");
        stage.house.end(stage.house.connection("b1").orElseThrow());
        stage.post("{'pm_users':['bob'],'user':'x','message':1}");
        assertThat(stage.house.directory.memory.bytes()).isPositive();
        forget();
        assertThat(stage.house.directory.person("bob")).isPresent();
        stage.pass(Duration.ofHours(24).plusSeconds(1));
        forget();
        assertThat(stage.house.directory.person("bob")).isEmpty();
        assertThat(stage.house.directory.topic("b")).isPresent();
        stage.pass(Duration.ofHours(48));
        forget();
        assertThat(stage.house.directory.topic("b")).isEmpty();
    }

    private void forget() {
        synchronized (stage.house.directory) {
            stage.house.directory.forget(stage.house.settings.times());
        }
    }

    @Test
    void the_hubs_own_goodbye_ends_the_line_and_the_connection() {
        assertThat(stage.hub.gate().kick("ada", "out")).isEqualTo(1);
        assertThat(ada.goodbye().code()).isEqualTo(4001);
        assertThat(stage.house.connection("c1")).isEmpty();
    }
}
