package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.stream.Stage.refused;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message with a key is sent once, however often it is posted. Not in channelstream. */
class RepeatedPostsTest {

    private final Stage stage = new Stage(Map.of("pocket.history.once", "5m", "pocket.history.keys", 3));
    private Stage.Browser ada;

    @BeforeEach
    void connect() {
        stage.connect("ada", "c1", "a", "b");
        ada = stage.browser("c1");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private JsonObject post(String channel, String key) {
        return stage.post("{'channel':'" + channel + "','user':'x','message':'" + key + "','idempotency_key':'" + key
                        + "'}")
                .getJsonObject(0);
    }

    @Test
    void it_is_sent_once_and_answered_alike() {
        JsonObject first = post("a", "k");
        JsonObject again = post("a", "k");
        assertThat(ada.got()).singleElement().satisfies(item -> {
            assertThat(item.getString("uuid")).isEqualTo(first.getString("uuid"));
            assertThat(item).doesNotContainKeys("idempotency_key", "repeated");
        });
        assertThat(again.getString("uuid")).isEqualTo(first.getString("uuid"));
        assertThat(first).doesNotContainKey("repeated");
        assertThat(again.getBoolean("repeated")).isTrue();
        assertThat(stage.call("info", "{}").getInt("total_unique_messages")).isEqualTo(1);
    }

    @Test
    void in_a_list_each_has_its_own_and_the_same_twice_counts_once() {
        stage.post(
                "[{'channel':'a','user':'x','message':1,'idempotency_key':'k'},{'channel':'a','user':'x','message':2},"
                        + "{'channel':'a','user':'x','message':3,'idempotency_key':'k'}]");
        assertThat(ada.messages()).containsExactly("1", "2");
    }

    @Test
    void a_key_is_of_one_channel_or_of_what_goes_to_users() {
        post("a", "k");
        post("b", "k");
        stage.post("{'pm_users':['ada'],'user':'x','message':'p','idempotency_key':'k'}");
        stage.post("{'pm_users':['ada'],'user':'x','message':'p','idempotency_key':'k'}");
        assertThat(ada.messages()).containsExactly("\"k\"", "\"k\"", "\"p\"");
    }

    @Test
    void after_a_while_or_with_too_many_others_a_key_is_forgotten() {
        post("a", "k");
        stage.pass(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(post("a", "k")).doesNotContainKey("repeated");
        post("a", "l");
        post("a", "m");
        assertThat(post("a", "k")).containsKey("repeated");
        post("a", "n");
        assertThat(post("a", "k")).doesNotContainKey("repeated");
    }

    @Test
    void what_is_refused_has_used_no_key() {
        String two = "[{'channel':'a','user':'x','message':1,'idempotency_key':'k'},{'channel':'a','message':2}]";
        assertThat(refused(() -> stage.post(two))).startsWith("422 {\"1\":");
        assertThat(post("a", "k")).doesNotContainKey("repeated");
        String body = "{'channel':'a','user':'x','message':1,'idempotency_key':%s}";
        assertThat(refused(() -> stage.post(body.formatted("7"))))
                .isEqualTo("422 {\"idempotency_key\":[\"Not a valid string.\"]}");
        assertThat(refused(() -> stage.post(body.formatted("'" + "x".repeat(256) + "'"))))
                .isEqualTo("422 {\"idempotency_key\":[\"Length must be between 1 and 255.\"]}");
    }
}
