package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostTest {

    @Test
    void an_empty_object_opens_a_session() {
        Post post = Post.read(" {} ");
        assertThat(post.session()).isEmpty();
        assertThat(post.messages()).isEmpty();
        assertThat(post.ack() + post.batch()).isZero();
        assertThat(post.close()).isFalse();
    }

    @Test
    void a_batch_has_its_texts_letter_by_letter() {
        Post post =
                Post.read("{\"session\":\"s\",\"ack\":4,\"batch\":2,\"messages\":[ \"milk\\n\" , \"{\\\"a\\\":1}\" ],"
                        + "\"close\":true,\"other\":{}}");
        assertThat(post.session()).contains("s");
        assertThat(post.ack()).isEqualTo(4);
        assertThat(post.batch()).isEqualTo(2);
        assertThat(post.messages()).containsExactly("milk\n", "{\"a\":1}");
        assertThat(post.close()).isTrue();
        assertThat(Post.read("{\"batch\":1,\"messages\":[]}").messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"batch\":1,\"messages\":[\"a\"",
                "{\"batch\":1,\"messages\":\"a\"}",
                "{\"batch\":1,\"messages\":[1]}",
                "{\"batch\":1,\"messages\":[[\"deep\"]]}",
                "{\"messages\":[\"without a number\"]}",
                "{\"session\":5}",
                "{\"ack\":-1}",
                "{\"ack\":1.5}",
                "{\"ack\":\"1\"}",
                "{\"batch\":1234567890123456}"
            })
    void everything_else_is_refused_with_a_sentence(String body) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Post.read(body))
                .withMessageMatching(".*must be.*|.*need the number.*");
    }

    @Test
    void answers_are_json_whatever_the_texts() {
        assertThat(Mail.messages(0, List.of())).isEqualTo("{\"last\":0,\"messages\":[]}");
        assertThat(Mail.messages(2, List.of("a\"b", "c\n")))
                .isEqualTo("{\"last\":2,\"messages\":[\"a\\\"b\",\"c\\n\"]}");
        assertThat(Mail.last(1, List.of("x"), 4001, "out"))
                .isEqualTo("{\"last\":1,\"messages\":[\"x\"],\"close\":{\"code\":4001,\"reason\":\"out\"}}");
        assertThat(Mail.opened("s", 3)).isEqualTo("{\"session\":\"s\",\"last\":3}");
        assertThat(Mail.opened("s", 1, List.of("x"))).isEqualTo("{\"session\":\"s\",\"last\":1,\"messages\":[\"x\"]}");
        assertThat(Mail.taken(7)).isEqualTo("{\"batch\":7}");
    }
}
