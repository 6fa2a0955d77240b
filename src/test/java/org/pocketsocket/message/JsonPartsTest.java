package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON taken apart. */
class JsonPartsTest {

    @Test
    void an_object_has_its_members_as_JSON() {
        assertThat(JsonParts.object(" {\"a\":[1, 2],\"b\\n\":\"x\",\"a\":{}} "))
                .containsExactly(entry("a", "{}"), entry("b\n", "\"x\""));
        assertThat(JsonParts.object("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\":}", "{} {}", "7"})
    void what_is_no_object_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonParts.object(text));
    }

    @Test
    void an_array_has_its_values_as_JSON() {
        assertThat(JsonParts.array(" [1 , \"a,b\",[2,3], {\"x\":[]}] "))
                .containsExactly("1", "\"a,b\"", "[2,3]", "{\"x\":[]}");
        assertThat(JsonParts.array("[ ]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[1,]", "[1] 2", "7"})
    void what_is_no_array_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonParts.array(text));
    }

    @Test
    void nesting_has_an_end() {
        assertThat(JsonParts.isValue("[".repeat(64) + "]".repeat(64))).isTrue();
        assertThat(JsonParts.isValue("[".repeat(100_000) + "]".repeat(100_000))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> JsonParts.array("[".repeat(70) + "]".repeat(70)));
    }

    @Test
    void a_value_is_one_and_nothing_else() {
        assertThat(JsonParts.isValue(" true ")).isTrue();
        assertThat(JsonParts.isValue("true false")).isFalse();
        assertThat(JsonParts.isValue("")).isFalse();
    }

    @Test
    void text_is_quoted_and_unquoted() {
        assertThat(JsonParts.quote("a\"b")).isEqualTo("\"a\\\"b\"");
        assertThat(JsonParts.unquote("\"a\\\"b\"")).isEqualTo("a\"b");
    }
}
