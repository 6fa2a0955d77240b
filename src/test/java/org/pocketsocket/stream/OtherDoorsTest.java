package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.stream.Stage.refused;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.History;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.test.Eventually;

/** The channel {@code stream} for browsers at other doors, and messages to channels of ours: CS-13, CS-14, CS-55. */
class OtherDoorsTest {

    private final Stage stage = new Stage(Map.of("pocket.relay", false));

    @AfterEach
    void close() {
        stage.close();
    }

    private Stage.Guest signed(String user, String parameter) {
        String signature = stage.house.signatures.sign(user);
        return stage.guest(Map.of("username", List.of(user), parameter, List.of(signature)));
    }

    private Stage.Guest member(String user) {
        return signed(user, "sig").says("{'id':'1','message':'socket.join','data':{'channel':'stream'}}");
    }

    // ---- coming in

    @ParameterizedTest
    @ValueSource(strings = {"sig", "signature"})
    void a_signed_user_whom_a_backend_has_announced_comes_in_CS_13_D8(String parameter) {
        stage.connect("ada", "c1", "a");
        Stage.Guest ada = signed("ada", parameter);
        ada.says("{'id':'1','message':'socket.join','data':{'channel':'stream'}}");
        assertThat(ada.got().get(0)).contains("\"socket\":\"sent\"");
        assertThat(stage.call("info", "{}").getInt("total_connections")).isEqualTo(2);
    }

    @Test
    void a_plus_sign_in_the_signature_may_have_become_a_space() {
        stage.connect("anon_1", "c1", "a");
        String signature = "x";
        while (!signature.contains("+")) {
            stage.pass(Duration.ofSeconds(1));
            signature = stage.house.signatures.sign("anon_1");
        }
        Stage.Guest guest =
                stage.guest(Map.of("username", List.of("anon_1"), "sig", List.of(signature.replace('+', ' '))));
        guest.says("{'id':'1','message':'socket.join','data':{'channel':'stream'}}");
        assertThat(guest.got().get(0)).contains("\"socket\":\"sent\"");
    }

    @Test
    void a_bad_signature_an_old_one_or_none_does_not_CS_13() {
        stage.connect("ada", "c1", "a");
        String old = stage.house.signatures.sign("ada");
        String others = stage.house.signatures.sign("bob");
        stage.pass(Duration.ofHours(24).plusSeconds(1));
        for (Map<String, List<String>> query : List.of(
                Map.<String, List<String>>of(),
                Map.of("username", List.of("ada")),
                Map.of("username", List.of("ada"), "sig", List.of("x.1")),
                Map.of("username", List.of("ada"), "sig", List.of(others)),
                Map.of("username", List.of("ada"), "sig", List.of(old)))) {
            Stage.Guest guest = stage.guest(query);
            guest.says("{'id':'1','message':'socket.join','data':{'channel':'stream'}}");
            assertThat(guest.got()).singleElement().asString().contains("method_access_denied");
            assertThat(guest.goodbye()).isNull();
        }
    }

    @Test
    void a_user_whom_no_backend_has_announced_is_put_out_CS_13() {
        assertThat(member("nobody").goodbye().code()).isEqualTo(4001);
    }

    @Test
    void who_guesses_a_connections_name_is_not_taken_for_it() {
        stage.connect("ada", "c1", "a");
        Stage.Guest thief = stage.guest(Map.of("conn_id", List.of("c1")));
        thief.says("{'id':'1','message':'socket.join','data':{'channel':'stream'}}");
        assertThat(thief.got()).singleElement().asString().contains("method_access_denied");
    }

    // ---- being in

    @Test
    void joins_and_leaves_what_a_backend_has_allowed_and_no_more_CS_55_CS_20() {
        stage.connect("ada", "c1", "a");
        stage.call("subscribe", "{'conn_id':'c1','channels':['b']}");
        Stage.Guest ada = member("ada");
        ada.says("{'id':'2','message':'stream.join','data':['a','b','secret']}");
        assertThat(ada.got()).anyMatch(text -> text.contains("\"data\":[\"a\",\"b\"]") && text.contains("\"sent\""));
        assertThat(ada.got()).contains("{\"message\":\"stream.join\",\"data\":[\"a\",\"b\"]}");
        stage.post("[{'channel':'a','user':'x','message':1},{'channel':'secret','user':'x','message':2}]");
        assertThat(ada.got())
                .filteredOn(text -> text.contains("stream.message"))
                .singleElement()
                .asString()
                .startsWith("{\"message\":\"stream.message\",\"data\":[{\"uuid\":");
        ada.says("{'id':'3','message':'stream.leave','data':['a','none']}");
        assertThat(ada.got()).contains("{\"message\":\"stream.leave\",\"data\":[\"a\"]}");
        stage.post("{'channel':'a','user':'x','message':3}");
        assertThat(ada.got())
                .filteredOn(text -> text.contains("stream.message"))
                .hasSize(1);
        stage.call("unsubscribe", "{'conn_id':'c1','channels':['a']}");
        ada.says("{'id':'4','message':'stream.join','data':['a']}");
        assertThat(ada.got()).contains("{\"message\":\"stream.join\",\"data\":[]}");
    }

    @Test
    void a_browser_posts_nothing_itself_CS_14() {
        stage.connect("ada", "c1", "a");
        Stage.Guest ada = member("ada");
        ada.says("{'id':'2','message':'stream.message','data':{'channel':'a'}}");
        assertThat(ada.got()).anyMatch(text -> text.contains("no_such_method"));
    }

    @Test
    void others_there_are_told_of_the_channels_they_share_CS_55() {
        stage.call("channel_config", "{'a':{'presence':true},'b':{'presence':true},'quiet':{}}");
        stage.connect("ada", "c1", "a", "b", "quiet");
        stage.connect("bob", "c2", "a", "b", "quiet");
        Stage.Guest ada = member("ada").says("{'message':'stream.join','data':['a','quiet']}");
        Stage.Guest bob = member("bob").says("{'message':'stream.join','data':['a','b','quiet']}");
        assertThat(ada.got()).contains("{\"message\":\"stream.presence_join\",\"data\":[\"bob\",[\"a\"]]}");
        assertThat(bob.got()).noneMatch(text -> text.contains("presence_join"));
        bob.goes();
        Eventually.eventually(Duration.ofSeconds(10), () -> "got " + ada.got(), () -> ada.got()
                .contains("{\"message\":\"stream.presence_leave\",\"data\":[\"bob\",[\"a\"]]}"));
    }

    @Test
    void hears_a_heartbeat_and_is_not_collected_while_it_is_there_CS_55_CS_61() {
        stage.connect("ada", "c1", "a");
        Stage.Guest ada = member("ada");
        stage.pass(Duration.ofMinutes(1));
        Eventually.eventually(Duration.ofSeconds(10), () -> "got " + ada.got(), () -> ada.got()
                .contains("{\"message\":\"stream.heartbeat\",\"data\":[]}"));
        assertThat(stage.call("info", "{}").getInt("total_connections"))
                .isLessThanOrEqualTo(2)
                .isPositive();
        ada.says("{'id':'5','message':'stream.heartbeat'}");
        assertThat(ada.got()).anyMatch(text -> text.contains("\"messageId\":\"5\""));
    }

    @Test
    void the_connections_of_users_are_reached_by_the_applications_own_calls() {
        stage.connect("ada", "c1", "a");
        Stage.Browser ada = stage.browser("c1");
        stage.channels.of("stream").room("a").send("message", List.of(Map.of("text", "from a bean")));
        stage.channels.user("ada").send("stream.message", List.of(Map.of("text", "to a user")));
        assertThat(ada.lists().size() + ada.got().size()).isPositive();
        assertThat(ada.got().stream().map(item -> item.getString("text")))
                .containsExactlyInAnyOrder("from a bean", "to a user");
    }

    // ---- channels of ours

    /** Any channel of an application. */
    public static final class Chat {
        @OnJoin
        void join(Member me) {
            me.join("lobby");
        }

        @On("nothing")
        void nothing(ChannelRef chat) {}
    }

    @Test
    void a_message_reaches_a_room_of_any_channel_and_the_whole_of_it() {
        stage.channels.register("chat", new Chat());
        Stage.Guest ada = stage.guest(Identity.of("ada"));
        Stage.Guest bob = stage.guest(Identity.of("bob"));
        ada.says("{'message':'socket.join','data':{'channel':'chat'}}");
        bob.says("{'message':'socket.join','data':{'channel':'chat'}}");
        stage.post("[{'channel':'chat/lobby','user':'x','message':{'n':1},'event':'said'},"
                + "{'channel':'chat/','user':'x','message':2,'event':'said'},"
                + "{'channel':'chat/lobby','user':'x','message':3,'event':'said','pm_users':['ada']},"
                + "{'channel':'chat/lobby','user':'x','message':4,'event':'said','exclude_users':['ada']},"
                + "{'channel':'chat/','user':'x','message':5,'event':'said','exclude_users':['nobody']},"
                + "{'channel':'chat/none','user':'x','message':6,'event':'said'},"
                + "{'channel':'chat','user':'x','message':7}]");
        assertThat(ada.got())
                .containsExactly(
                        "{\"message\":\"chat.said\",\"data\":{\"n\":1}}",
                        "{\"message\":\"chat.said\",\"data\":2}",
                        "{\"message\":\"chat.said\",\"data\":3}",
                        "{\"message\":\"chat.said\",\"data\":5}");
        assertThat(bob.got()).contains("{\"message\":\"chat.said\",\"data\":4}").hasSize(4);
    }

    @Test
    void without_an_event_it_is_a_message_with_all_that_is_known_of_it() {
        stage.channels.register("game/{id}", new Chat());
        Stage.Guest ada = stage.guest(Identity.of("ada"));
        ada.says("{'message':'socket.join','data':{'channel':'game/42'}}");
        stage.post("{'channel':'game/42/lobby','user':'x','message':1}");
        assertThat(ada.got())
                .singleElement()
                .asString()
                .startsWith("{\"message\":\"game/42.message\",\"data\":{\"uuid\":")
                .contains("\"user\":\"x\",\"message\":1,\"channel\":\"game/42/lobby\"");
    }

    /** One that keeps what it sends. */
    @History(size = 10)
    public static final class Kept {
        @OnJoin
        void join(Member me) {
            me.join("lobby");
            me.present(Map.of("mood", "fine"));
        }
    }

    @Test
    void info_tells_who_is_in_a_channel_of_ours_and_what_was_sent() {
        stage.channels.register("chat", new Chat());
        stage.channels.register("kept", new Kept());
        stage.guest(Identity.of("ada")).says("{'message':'socket.join','data':{'channel':'kept'}}");
        stage.post("[{'channel':'kept/lobby','user':'x','message':{'n':1},'event':'said'},"
                + "{'channel':'kept/','user':'x','message':2,'event':'said'}]");
        for (String body : List.of("{'info':{'channels':[%s]}}", "{'channels':[%s]}")) {
            JsonObject channels = stage.call("info", body.formatted("'kept/lobby','chat/','none/x'"))
                    .getJsonObject("channels");
            assertThat(channels).containsOnlyKeys("kept/lobby", "chat/");
            JsonObject lobby = channels.getJsonObject("kept/lobby");
            assertThat(lobby.getInt("total_connections")).isEqualTo(1);
            assertThat(lobby.getJsonObject("presence").getInt("count")).isEqualTo(1);
            assertThat(lobby.getJsonObject("presence").getJsonArray("members").toString())
                    .contains("\"user\":\"ada\",\"state\":{\"mood\":\"fine\"}");
            assertThat(lobby.getJsonArray("history"))
                    .hasToString("[{\"event\":\"said\",\"offset\":1,\"data\":{\"n\":1}}]");
            assertThat(lobby.getString("epoch")).isNotEmpty();
            assertThat(lobby.getInt("offset")).isEqualTo(1);
            assertThat(channels.getJsonObject("chat/"))
                    .hasToString("{\"name\":\"chat/\",\"long_name\":\"chat/\",\"total_connections\":0,"
                            + "\"presence\":{\"count\":0,\"members\":[]},\"history\":[]}");
        }
        assertThat(stage.call("info", "{'info':{'channels':['kept/'],'include_history':false}}")
                        .getJsonObject("channels")
                        .getJsonObject("kept/"))
                .doesNotContainKey("offset");
        assertThat(stage.call("info", "{}").getJsonObject("channels"))
                .as("all are channelstream's")
                .isEmpty();
    }

    @Test
    void nobody_is_subscribed_to_a_channel_of_ours_from_outside() {
        stage.channels.register("chat", new Chat());
        String no = "400 {\"error\":\"chat/lobby is a channel of the application's own: only messages go there\"}";
        assertThat(refused(() -> stage.connect("ada", "c1", "chat/lobby"))).isEqualTo(no);
        assertThat(refused(() -> stage.call("channel_config", "{'chat/lobby':{}}")))
                .isEqualTo(no);
        assertThat(stage.connect("ada", "c1", "chat", "else/where", "stream/x", "/x", "$admin/x")
                        .getJsonArray("channels"))
                .hasSize(5);
    }
}
