package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.stream.Stage.refused;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets a message: CS-23, CS-24, CS-25, CS-50, CS-51, CS-60, and the table of seeds.md, section 9. */
class RoutingTest {

    private final Stage stage = new Stage();
    private Stage.Browser c1;
    private Stage.Browser c2;
    private Stage.Browser c3;

    @BeforeEach
    void connect() {
        stage.connect("u1", "c1", "pub_chan");
        stage.connect("u1", "c2", "other");
        stage.connect("u2", "c3", "pub_chan");
        c1 = stage.browser("c1");
        c2 = stage.browser("c2");
        c3 = stage.browser("c3");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private List<Integer> got() {
        return List.of(c1.got().size(), c2.got().size(), c3.got().size());
    }

    @Test
    void a_message_to_a_channel_reaches_all_its_connections_CS_23() {
        stage.post("{'channel':'pub_chan','user':'x','message':'hi'}");
        assertThat(got()).containsExactly(1, 0, 1);
    }

    @Test
    void with_users_it_reaches_only_their_connections_in_that_channel_CS_23() {
        stage.post("{'channel':'pub_chan','pm_users':['u1'],'user':'x','message':'hi'}");
        assertThat(got()).containsExactly(1, 0, 0);
    }

    @Test
    void without_a_channel_it_reaches_all_connections_of_these_users_CS_23() {
        stage.post("{'pm_users':['u1'],'user':'x','message':'hi'}");
        assertThat(got()).containsExactly(1, 1, 0);
    }

    @Test
    void without_both_it_reaches_nobody_and_is_taken_all_the_same_CS_23() {
        assertThat(stage.post("{'user':'x','message':'hi'}")).hasSize(1);
        assertThat(got()).containsExactly(0, 0, 0);
    }

    @Test
    void unknown_channels_and_users_are_nobody_CS_23() {
        stage.post("[{'channel':'none','user':'x','message':1},{'pm_users':['none'],'user':'x','message':2}]");
        assertThat(got()).containsExactly(0, 0, 0);
    }

    @Test
    void who_is_excluded_gets_nothing_even_if_named_CS_23() {
        stage.post("{'channel':'pub_chan','exclude_users':['u2'],'user':'x','message':1}");
        assertThat(got()).containsExactly(1, 0, 0);
        stage.post("{'channel':'pub_chan','pm_users':['u1','u2'],'exclude_users':['u1'],'user':'x','message':2}");
        assertThat(got()).containsExactly(1, 0, 1);
        stage.post("{'pm_users':['u1','u2'],'exclude_users':['u1'],'user':'x','message':3}");
        assertThat(got()).containsExactly(1, 0, 2);
    }

    @Test
    void messages_and_frames_are_counted_CS_60() {
        stage.post("{'channel':'pub_chan','user':'x','message':1}");
        stage.post("{'pm_users':['u1'],'user':'x','message':1}");
        stage.post("{'user':'x','message':1}");
        stage.post("{'channel':'pub_chan','exclude_users':['u2'],'user':'x','message':1}");
        JsonObject info = stage.call("info", "{}");
        assertThat(info.getInt("total_unique_messages")).isEqualTo(3);
        assertThat(info.getInt("total_messages")).isEqualTo(5);
        assertThat(info.getInt("total_connections")).isEqualTo(3);
        assertThat(info.getInt("remembered_user_count")).isEqualTo(2);
        assertThat(info.getInt("unique_user_count")).isEqualTo(2);
        assertThat(info.getInt("unique_users")).isEqualTo(2);
        assertThat(info.getInt("uptime")).isZero();
    }

    @Test
    void clients_get_lists_of_objects_with_all_that_is_documented_CS_50_CS_51() {
        stage.post("{'channel':'pub_chan','user':'ada','message':{'text':'hi'},'pm_users':[],'no_history':true,"
                + "'exclude_users':[],'color':'red'}");
        JsonObject item = c1.got().get(0);
        assertThat(item.keySet())
                .containsExactlyInAnyOrder(
                        "uuid",
                        "timestamp",
                        "date",
                        "user",
                        "message",
                        "type",
                        "channel",
                        "edited",
                        "catchup",
                        "color");
        assertThat(item.getString("uuid"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(item.getString("timestamp")).isEqualTo("2014-04-06T12:00:00.123456");
        assertThat(item.getString("date")).isEqualTo("2014-04-06T12:00:00.123456");
        assertThat(item.getString("user")).isEqualTo("ada");
        assertThat(item.getString("type")).isEqualTo("message");
        assertThat(item.getString("channel")).isEqualTo("pub_chan");
        assertThat(item.getJsonObject("message").getString("text")).isEqualTo("hi");
        assertThat(item.isNull("edited")).isTrue();
        assertThat(item.getBoolean("catchup")).isFalse();
        assertThat(c1.lists().get(0)).startsWith("[{");
    }

    @Test
    void a_backend_gets_its_messages_back_as_they_are_now_CS_23() {
        JsonObject item = stage.post("[{'channel':'pub_chan','username':'ada','message':'hi','timestamp':"
                        + "'2013-01-01T00:00:00','uuid':'0D3C19A0-7A3F-4B3C-9C25-6B0E4D9C2F11','exclude_users':['z']}]")
                .getJsonObject(0);
        assertThat(item.getString("user")).isEqualTo("ada");
        assertThat(item.getString("timestamp")).isEqualTo("2013-01-01T00:00:00");
        assertThat(item.getString("uuid")).isEqualTo("0D3C19A0-7A3F-4B3C-9C25-6B0E4D9C2F11");
        assertThat(item.getJsonArray("exclude_users")).hasSize(1);
        assertThat(item.getJsonArray("pm_users")).isEmpty();
        assertThat(item.getBoolean("no_history")).isFalse();
    }

    @Test
    void a_uuid_without_dashes_gets_them_and_a_date_is_a_timestamp_CS_23_D8() {
        JsonObject item = stage.post("{'channel':'pub_chan','user':'a','message':1,'date':'2013-01-01T00:00:00.5',"
                        + "'uuid':'0d3c19a07a3f4b3c9c256b0e4d9c2f11'}")
                .getJsonObject(0);
        assertThat(item.getString("uuid")).isEqualTo("0d3c19a0-7a3f-4b3c-9c25-6b0e4d9c2f11");
        assertThat(item.getString("timestamp")).isEqualTo("2013-01-01T00:00:00.5");
    }

    @Test
    void what_one_backend_posts_arrives_in_order() {
        for (int i = 0; i < 300; i++) {
            stage.post("[{'channel':'pub_chan','user':'x','message':" + i + "},{'pm_users':['u1'],'user':'x','message':"
                    + (1000 + i) + "}]");
        }
        List<String> messages = c1.messages();
        assertThat(messages).hasSize(600);
        assertThat(messages.subList(598, 600)).containsExactly("299", "1299");
        assertThat(messages.stream().filter(text -> text.length() < 4).map(Integer::valueOf))
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "17 | 422 {'_schema':['Invalid input type.']}",
                "'text' | 422 {'_schema':['Invalid input type.']}",
                "[17] | 422 {'0':{'_schema':['Invalid input type.']}}",
                "{'channel':'c','message':1} | 422 {'user':['Missing data for required field.']}",
                "[{'channel':'c','user':'a','message':1},{'channel':'c','message':1}] | 422 {'1':{'user':['Missing data for required field.']}}",
                "{'channel':'c','user':'a'} | 422 {'message':['Missing data for required field.']}",
                "{'channel':1,'user':'a','message':1} | 422 {'channel':['Not a valid string.']}",
                "{'channel':'','user':'a','message':1} | 422 {'channel':['Length must be between 1 and 256.']}",
                "{'channel':'c','user':'','message':1} | 422 {'user':['Length must be between 1 and 512.']}",
                "{'pm_users':'u1','user':'a','message':1} | 422 {'pm_users':['Not a valid list.']}",
                "{'pm_users':[1],'user':'a','message':1} | 422 {'pm_users':['Not a valid string.']}",
                "{'channel':'c','user':'a','message':1,'no_history':'yes'} | 422 {'no_history':['Not a valid boolean.']}",
                "{'channel':'c','user':'a','message':1,'uuid':'x'} | 422 {'uuid':['Not a valid UUID.']}",
                "{'channel':'c','user':'a','message':1,'timestamp':'now'} | 422 {'timestamp':['Not a valid datetime.']}"
            })
    void what_does_not_fit_is_refused_as_a_whole_CS_23(String body, String answer) {
        assertThat(refused(() -> stage.post(body))).isEqualTo(answer.replace('\'', '"'));
        assertThat(stage.call("info", "{}").getInt("total_unique_messages")).isZero();
    }

    @Test
    void a_message_that_no_client_may_get_is_refused() {
        String body = "{'channel':'pub_chan','user':'a','message':'" + "x".repeat(300_000) + "'}";
        assertThat(refused(() -> stage.post(body))).startsWith("422 {\"message\":[\"Longer than 262144");
    }

    // ---- changes

    @Test
    void an_edit_reaches_the_receivers_and_changes_history_CS_24_CS_54() {
        stage.call("channel_config", "{'pub_chan':{'store_history':true}}");
        String uuid = stage.post("{'channel':'pub_chan','user':'a','message':'one','color':'red'}")
                .getJsonObject(0)
                .getString("uuid");
        JsonObject edited = stage.edit("[{'uuid':'" + uuid + "','channel':'pub_chan','message':'two'}]")
                .getJsonObject(0);
        assertThat(edited.getString("type")).isEqualTo("message:edit");
        JsonObject got = c3.got().get(1);
        assertThat(got.getString("type")).isEqualTo("message:edit");
        assertThat(got.getString("uuid")).isEqualTo(uuid);
        assertThat(got.getString("message")).isEqualTo("two");
        assertThat(got.getString("user")).isEqualTo("a");
        assertThat(got.getString("color")).isEqualTo("red");
        assertThat(got.getString("edited")).isEqualTo("2014-04-06T12:00:00.123456");
        JsonObject kept = history("pub_chan").get(0);
        assertThat(kept.getString("message")).isEqualTo("two");
        assertThat(kept.getString("type")).isEqualTo("message");
    }

    @Test
    void an_edit_of_what_nobody_knows_is_told_all_the_same_CS_24() {
        stage.edit("{'uuid':'0d3c19a0-7a3f-4b3c-9c25-6b0e4d9c2f11','pm_users':['u2'],'user':'b','message':{'a':1},"
                + "'timestamp':'2013-01-01T00:00:00','edited':'2013-01-02T00:00:00'}");
        JsonObject got = c3.got().get(0);
        assertThat(got.getString("type")).isEqualTo("message:edit");
        assertThat(got.getString("user")).isEqualTo("b");
        assertThat(got.getString("timestamp")).isEqualTo("2013-01-01T00:00:00");
        assertThat(got.getString("edited")).isEqualTo("2013-01-02T00:00:00");
        assertThat(got.isNull("channel")).isTrue();
        assertThat(c1.got()).isEmpty();
    }

    @Test
    void a_deletion_reaches_the_receivers_and_clears_history_CS_25_CS_54() {
        stage.call("channel_config", "{'pub_chan':{'store_history':true}}");
        String uuid = stage.post("{'channel':'pub_chan','user':'a','message':'one'}")
                .getJsonObject(0)
                .getString("uuid");
        JsonObject deleted =
                stage.delete("[{'uuid':'" + uuid + "','channel':'pub_chan'}]").getJsonObject(0);
        assertThat(deleted.getString("uuid")).isEqualTo(uuid);
        assertThat(c3.got().get(1).getString("type")).isEqualTo("message:delete");
        assertThat(c3.got().get(1).getString("uuid")).isEqualTo(uuid);
        assertThat(history("pub_chan")).isEmpty();
    }

    @Test
    void changes_need_the_name_of_what_they_change_CS_24_CS_25() {
        assertThat(refused(() -> stage.edit("[{'channel':'pub_chan'}]")))
                .isEqualTo("422 {\"0\":{\"uuid\":[\"Missing data for required field.\"]}}");
        assertThat(refused(() -> stage.delete("{'uuid':7}"))).isEqualTo("422 {\"uuid\":[\"Not a valid string.\"]}");
    }

    private List<JsonObject> history(String channel) {
        return stage.call("info", "{'info':{}}")
                .getJsonObject("channels")
                .getJsonObject(channel)
                .getJsonArray("history")
                .getValuesAs(JsonObject.class);
    }
}
