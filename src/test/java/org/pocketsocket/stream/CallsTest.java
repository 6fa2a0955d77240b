package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.stream.Stage.refused;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls of a backend, but for messages: CS-20 to CS-22, CS-26 to CS-30, CS-40, CS-41, D8, D9, D11. */
class CallsTest {

    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private final Stage stage = new Stage(Map.of("pocket.stream.history", 20));

    @AfterEach
    void close() {
        stage.close();
    }

    private static List<String> texts(JsonObject from, String name) {
        return from.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    // ---- connect

    @Test
    void connects_in_the_seeds_spelling_and_answers_with_all_versions_members_CS_20_D8() {
        JsonObject answer = stage.connect("ada", "c1", "b", "a");
        assertThat(answer.getString("conn_id")).isEqualTo("c1");
        assertThat(answer.getInt("status")).isEqualTo(1);
        assertThat(answer.getString("username")).isEqualTo("ada");
        assertThat(answer.getString("user")).isEqualTo("ada");
        assertThat(answer.getJsonObject("state")).isEmpty();
        assertThat(answer.getJsonObject("public_state")).isEmpty();
        assertThat(texts(answer, "channels")).containsExactly("a", "b");
        JsonObject info = answer.getJsonObject("channels_info");
        assertThat(info.getJsonObject("channels")).containsOnlyKeys("a", "b");
        assertThat(info.getJsonArray("users").getJsonObject(0).getString("user"))
                .isEqualTo("ada");
    }

    @Test
    void a_connection_without_a_name_gets_one_CS_20_D11() {
        assertThat(stage.call("connect", "{'username':'ada','channels':['a']}").getString("conn_id"))
                .matches(UUID);
    }

    @Test
    void the_same_connection_may_be_announced_again_but_by_nobody_else() {
        stage.connect("ada", "c1", "a");
        assertThat(texts(stage.connect("ada", "c1", "b"), "channels")).containsExactly("a", "b");
        assertThat(refused(() -> stage.connect("bob", "c1", "a"))).startsWith("409 {\"error\":");
        assertThat(stage.call("info", "{}").getInt("remembered_user_count")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'channels':['a']} | 400 {'error':'No username specified'}",
                "{'user':null,'channels':['a']} | 400 {'error':'No username specified'}",
                "{'user':'ada'} | 400 {'error':'No channels specified'}",
                "{'user':'ada','channels':[]} | 400 {'error':'No channels specified'}",
                "{'user':7,'channels':['a']} | 422 {'user':['Not a valid string.']}",
                "{'username':'','channels':['a']} | 422 {'username':['Length must be between 1 and 512.']}",
                "{'user':'ada','channels':'a'} | 422 {'channels':['Not a valid list.']}",
                "{'user':'ada','channels':['']} | 422 {'channels':['Length must be between 1 and 256.']}",
                "{'user':'ada','channels':['a'],'conn_id':''} | 422 {'conn_id':['Length must be between 1 and 256.']}",
                "{'user':'ada','channels':['a'],'user_state':7} | 422 {'user_state':['Not a valid mapping type.']}",
                "{'user':'ada','channels':['a'],'user_state':{'x':[]}} | 422 {'user_state':['Not a valid value: x.']}",
                "{'user':'ada','channels':['a'],'fresh_user_state':{'x':{}}} | 422 {'fresh_user_state':['Not a valid value: x.']}",
                "{'user':'ada','channels':['a'],'channel_configs':{'a':7}} | 422 {'a':['Not a valid mapping type.']}",
                "{'user':'ada','channels':['a'],'channel_configs':{'a':{'history_size':-1}}} | 422 {'history_size':['Must be at least 0 and at most 20.']}",
                "{'user':'ada','channels':['a'],'channel_configs':{'a':{'history_size':1.5}}} | 422 {'history_size':['Not a valid integer.']}",
                "{'user':'ada','channels':['a'],'info':{'include_users':1}} | 422 {'include_users':['Not a valid boolean.']}",
                "[] | 422 {'_schema':['Invalid input type.']}"
            })
    void what_is_no_connection_is_refused_and_changes_nothing_CS_20_D9(String body, String answer) {
        assertThat(refused(() -> stage.call("connect", body))).isEqualTo(answer.replace('\'', '"'));
        JsonObject info = stage.call("info", "{}");
        assertThat(info.getInt("remembered_user_count")).isZero();
        assertThat(info.getJsonObject("channels")).isEmpty();
    }

    @Test
    void states_are_kept_merged_and_partly_public_CS_20() {
        String first = "{'user':'ada','channels':['a'],'fresh_user_state':{'color':'red','age':7},"
                + "'user_state':{'mood':null},'state_public_keys':['color']}";
        JsonObject answer = stage.call("connect", first);
        assertThat(answer.getJsonObject("state")).hasToString("{\"age\":7,\"color\":\"red\",\"mood\":null}");
        assertThat(answer.getJsonObject("public_state")).hasToString("{\"color\":\"red\"}");
        JsonObject again = stage.call(
                "connect",
                "{'user':'ada','channels':['a'],'fresh_user_state':{'color':'blue'},'user_state':{'mood':true}}");
        assertThat(again.getJsonObject("state")).hasToString("{\"age\":7,\"color\":\"red\",\"mood\":true}");
        assertThat(again.getJsonObject("public_state")).hasToString("{\"color\":\"red\"}");
    }

    @Test
    void new_channels_are_made_as_configured_known_ones_stay_CS_20_CS_40() {
        stage.connect("ada", "c1", "old");
        JsonObject answer = stage.call(
                "connect",
                "{'user':'ada','channels':['old','new'],'channel_configs':{'old':{'notify_presence':true},"
                        + "'new':{'presence':true,'salvagable':true,'store_history':true,'history_size':3,'long_name':'N'}}}");
        JsonObject channels = answer.getJsonObject("channels_info").getJsonObject("channels");
        assertThat(channels.getJsonObject("old").getJsonObject("settings"))
                .hasToString("{\"notify_presence\":false,\"store_history\":false,\"history_size\":10,"
                        + "\"broadcast_presence_with_user_lists\":false,\"notify_state\":false,"
                        + "\"store_frames\":true,\"salvageable\":false}");
        JsonObject fresh = channels.getJsonObject("new");
        assertThat(fresh.getJsonObject("settings").getBoolean("notify_presence"))
                .isTrue();
        assertThat(fresh.getJsonObject("settings").getBoolean("salvageable")).isTrue();
        assertThat(fresh.getJsonObject("settings").getInt("history_size")).isEqualTo(3);
        assertThat(fresh.getString("long_name")).isEqualTo("N");
        assertThat(channels.getJsonObject("old").getString("long_name")).isEqualTo("old");
    }

    // ---- subscribe, unsubscribe

    @Test
    void subscribes_a_connection_to_more_CS_26() {
        stage.connect("ada", "c1", "a");
        JsonObject answer = stage.call("subscribe", "{'conn_id':'c1','channels':['c','a','b']}");
        assertThat(texts(answer, "channels")).containsExactly("a", "b", "c");
        assertThat(texts(answer, "subscribed_to")).containsExactly("b", "c");
        assertThat(answer.getJsonObject("channels_info").getJsonObject("channels"))
                .containsOnlyKeys("a", "b", "c");
    }

    @Test
    void subscribes_all_of_a_users_connections_where_the_first_version_named_the_user_CS_26() {
        stage.connect("ada", "c1", "a");
        stage.connect("ada", "c2", "b");
        JsonObject answer = stage.call("subscribe", "{'username':'ada','channels':['z']}");
        assertThat(texts(answer, "channels")).containsExactly("a", "b", "z");
        assertThat(refused(() -> stage.call("subscribe", "{'user':'bob','channels':['z']}")))
                .isEqualTo("404 {\"error\":\"User doesn't exist\"}");
    }

    @Test
    void refuses_unknown_connections_and_no_channels_CS_26_CS_27_D9() {
        stage.connect("ada", "c1", "a");
        for (String path : List.of("subscribe", "unsubscribe")) {
            assertThat(refused(() -> stage.call(path, "{'conn_id':'none','channels':['a']}")))
                    .isEqualTo("403 {\"error\":\"Unknown connection\"}");
            assertThat(refused(() -> stage.call(path, "{'channels':['a']}")))
                    .isEqualTo("403 {\"error\":\"Unknown connection\"}");
            assertThat(refused(() -> stage.call(path, "{'conn_id':'c1'}")))
                    .isEqualTo("400 {\"error\":\"No channels specified\"}");
        }
    }

    @Test
    void unsubscribes_from_what_it_is_in_CS_27() {
        stage.connect("ada", "c1", "a", "b");
        JsonObject answer = stage.call("unsubscribe", "{'conn_id':'c1','channels':['b','none']}");
        assertThat(texts(answer, "channels")).containsExactly("a");
        assertThat(texts(answer, "unsubscribed_from")).containsExactly("b");
        JsonObject last = stage.call("unsubscribe", "{'conn_id':'c1','channels':['a']}");
        assertThat(last.getJsonObject("channels_info")).isEmpty();
        Stage.Browser browser = stage.browser("c1");
        stage.post("[{'channel':'a','user':'x','message':1},{'channel':'b','user':'x','message':2}]");
        assertThat(browser.got()).isEmpty();
    }

    @Test
    void a_connection_may_be_in_so_many_channels_and_no_more() {
        String[] names = new String[128];
        java.util.Arrays.setAll(names, i -> "c" + i);
        stage.connect("ada", "c1", names);
        assertThat(refused(() -> stage.call("subscribe", "{'conn_id':'c1','channels':['z']}")))
                .isEqualTo("400 {\"error\":\"A connection may be in 128 channels\"}");
        assertThat(stage.call("info", "{}").getJsonObject("channels")).hasSize(128);
    }

    @Test
    void users_connections_and_channels_are_bounded_and_more_are_refused() {
        try (Stage small = new Stage(
                Map.of("pocket.stream.users", 1, "pocket.stream.connections", 2, "pocket.stream.channels", 2))) {
            small.connect("ada", "c1", "a");
            assertThat(refused(() -> small.connect("bob", "c2", "a")))
                    .isEqualTo("503 {\"error\":\"There are too many users\"}");
            assertThat(refused(() -> small.connect("ada", "c2", "b", "c")))
                    .isEqualTo("503 {\"error\":\"There are too many channels\"}");
            small.connect("ada", "c2", "b");
            assertThat(refused(() -> small.connect("ada", "c3", "a")))
                    .isEqualTo("503 {\"error\":\"There are too many connections\"}");
            assertThat(refused(() -> small.call("channel_config", "{'d':{}}"))).startsWith("503");
        }
    }

    // ---- info

    @Test
    void info_as_the_first_versions_told_it_CS_21() {
        stage.connect("ada", "c1", "a");
        stage.connect("ada", "c2", "a", "b");
        stage.call("user_status", "{'user':'ada','status':2}");
        JsonObject a = stage.call("info", "{'channels':['a','none']}")
                .getJsonObject("channels")
                .getJsonObject("a");
        assertThat(a.getJsonObject("users").getJsonObject("ada").getInt("status"))
                .isEqualTo(2);
        assertThat(texts(a.getJsonObject("users").getJsonObject("ada"), "connections"))
                .containsExactly("c1", "c2");
        assertThat(a.getString("last_active")).isEqualTo("2014-04-06T12:00:00.123456");
        assertThat(a.getInt("total_users")).isEqualTo(1);
        assertThat(a.getInt("total_connections")).isEqualTo(2);
        assertThat(stage.call("info", "{}").getJsonObject("channels")).containsOnlyKeys("a", "b");
        assertThat(stage.call("info", "{'channels':[]}").getJsonObject("channels"))
                .containsOnlyKeys("a", "b");
    }

    @Test
    void info_as_the_later_versions_tell_it_CS_21() {
        stage.call(
                "connect",
                "{'user':'ada','conn_id':'c1','channels':['a','b'],'user_state':{'x':1,'y':2},'state_public_keys':['x']}");
        JsonObject all = stage.call("info", "{'info':{'exclude_channels':['b'],'include_connections':true}}");
        JsonObject a = all.getJsonObject("channels").getJsonObject("a");
        assertThat(all.getJsonObject("channels")).containsOnlyKeys("a");
        assertThat(a.getString("uuid")).matches(UUID);
        assertThat(a.getString("name")).isEqualTo("a");
        assertThat(texts(a, "users")).containsExactly("ada");
        assertThat(texts(a, "connections")).containsExactly("c1");
        assertThat(all.getJsonArray("users").getJsonObject(0).getJsonObject("state"))
                .hasToString("{\"x\":1,\"y\":2}");
        JsonObject less = stage.call(
                "info",
                "{'info':{'channels':['a'],'include_users':false,'include_history':false,'return_public_state':true}}");
        assertThat(less.getJsonArray("users")).isEmpty();
        assertThat(less.getJsonObject("channels").getJsonObject("a").getJsonArray("users"))
                .isEmpty();
        assertThat(stage.call("info", "{'info':{'return_public_state':true}}")
                        .getJsonArray("users")
                        .getJsonObject(0)
                        .getJsonObject("state"))
                .hasToString("{\"x\":1}");
    }

    @Test
    void history_has_the_last_messages_that_may_be_in_it_CS_41() {
        stage.call(
                "connect",
                "{'user':'ada','conn_id':'c1','channels':['a'],'channel_configs':{'a':"
                        + "{'store_history':true,'history_size':2,'notify_presence':true}}}");
        stage.connect("bob", "c2", "a");
        stage.post("[{'channel':'a','user':'x','message':1},{'channel':'a','user':'x','message':2},"
                + "{'channel':'a','user':'x','message':3,'no_history':true},"
                + "{'channel':'a','user':'x','message':4,'pm_users':['bob']},{'channel':'a','user':'x','message':5}]");
        assertThat(stage.call("info", "{}")
                        .getJsonObject("channels")
                        .getJsonObject("a")
                        .getJsonArray("history")
                        .getValuesAs(item -> item.asJsonObject().getInt("message")))
                .containsExactly(2, 5);
    }

    // ---- channel_config

    @Test
    void channels_are_configured_at_any_time_CS_30_CS_40() {
        stage.connect("ada", "c1", "a");
        JsonObject answer = stage.call("channel_config", "{'a':{'notify_presence':true},'new':{'history_size':7}}");
        JsonObject a = answer.getJsonObject("channels").getJsonObject("a");
        assertThat(a.getJsonObject("settings").getBoolean("notify_presence")).isTrue();
        assertThat(a.getJsonArray("history")).isEmpty();
        assertThat(a.getJsonArray("users")).isEmpty();
        assertThat(answer.getJsonArray("users")).isEmpty();
        JsonObject again = stage.call("channel_config", "{'new':{'store_history':true}}");
        JsonObject settings =
                again.getJsonObject("channels").getJsonObject("new").getJsonObject("settings");
        assertThat(settings.getInt("history_size")).isEqualTo(7);
        assertThat(settings.getBoolean("store_history")).isTrue();
    }

    @Test
    void a_smaller_history_forgets_at_once_and_none_forgets_all_CS_40() {
        stage.call("channel_config", "{'a':{'store_history':true}}");
        for (int i = 0; i < 5; i++) {
            stage.post("{'channel':'a','user':'x','message':" + i + "}");
        }
        stage.call("channel_config", "{'a':{'history_size':2}}");
        assertThat(history()).isEqualTo(2);
        stage.call("channel_config", "{'a':{'store_history':false}}");
        assertThat(history()).isZero();
    }

    private int history() {
        return stage.call("info", "{}")
                .getJsonObject("channels")
                .getJsonObject("a")
                .getJsonArray("history")
                .size();
    }

    @Test
    void a_bad_configuration_changes_nothing_CS_30() {
        assertThat(refused(() -> stage.call("channel_config", "{'a':{},'b':{'notify_state':'x'}}")))
                .isEqualTo("422 {\"notify_state\":[\"Not a valid boolean.\"]}");
        assertThat(refused(() -> stage.call("channel_config", "{}")))
                .isEqualTo("400 {\"error\":\"No channels specified\"}");
        assertThat(refused(() -> stage.call("channel_config", "{'':{}}"))).startsWith("422");
        assertThat(stage.call("info", "{}").getJsonObject("channels")).isEmpty();
    }

    // ---- users

    @Test
    void a_users_status_is_set_CS_28() {
        stage.connect("ada", "c1", "a");
        assertThat(stage.call("user_status", "{'user':'ada','status':4}")).isEmpty();
        assertThat(stage.connect("ada", "c1", "a").getInt("status")).isEqualTo(4);
        assertThat(stage.call("user_status", "{'user':'none','status':4}")).isEmpty();
        assertThat(refused(() -> stage.call("user_status", "{'status':4}")))
                .isEqualTo("400 {\"error\":\"No username specified\"}");
        assertThat(refused(() -> stage.call("user_status", "{'user':'ada'}")))
                .isEqualTo("422 {\"status\":[\"Missing data for required field.\"]}");
        assertThat(refused(() -> stage.call("user_status", "{'user':'ada','status':'away'}")))
                .isEqualTo("422 {\"status\":[\"Not a valid integer.\"]}");
    }

    @Test
    void a_users_state_is_set_and_the_changes_are_told_CS_29() {
        stage.connect("ada", "c1", "a");
        JsonObject answer =
                stage.call("user_state", "{'user':'ada','user_state':{'x':1,'y':2},'state_public_keys':['x']}");
        assertThat(answer.getJsonObject("user_state")).hasToString("{\"x\":1,\"y\":2}");
        assertThat(answer.getJsonArray("changed_state"))
                .hasToString("[{\"key\":\"x\",\"value\":1},{\"key\":\"y\",\"value\":2}]");
        assertThat(texts(answer, "public_keys")).containsExactly("x");
        JsonObject again = stage.call("user_state", "{'user':'ada','user_state':{'x':1,'y':3}}");
        assertThat(again.getJsonArray("changed_state")).hasToString("[{\"key\":\"y\",\"value\":3}]");
        assertThat(refused(() -> stage.call("user_state", "{'user':'none','user_state':{}}")))
                .isEqualTo("422 {\"user\":[\"Unknown user\"]}");
        assertThat(refused(() -> stage.call("user_state", "{'user_state':{}}")))
                .isEqualTo("422 {\"user\":[\"Missing data for required field.\"]}");
    }

    @Test
    void a_user_has_so_many_states_and_no_more() {
        stage.connect("ada", "c1", "a");
        StringBuilder many = new StringBuilder("'a':0");
        for (int i = 0; i < 100; i++) {
            many.append(",'s").append(i).append("':1");
        }
        assertThat(refused(() -> stage.call("user_state", "{'user':'ada','user_state':{" + many + "}}")))
                .isEqualTo("422 {\"user_state\":[\"A user may have 100 states.\"]}");
        assertThat(stage.connect("ada", "c1", "a").getJsonObject("state")).isEmpty();
    }

    // ---- disconnect

    @Test
    void disconnect_says_whether_it_knew_the_connection_CS_22() {
        stage.connect("ada", "c1", "a");
        assertThat(stage.house.calls.disconnect("c1")).isTrue();
        assertThat(stage.house.calls.disconnect("none")).isFalse();
    }
}
