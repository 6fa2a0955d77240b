package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void quotes_what_has_to_be_quoted_and_nothing_else() {
        assertThat(JsonText.quote("")).isEqualTo("\"\"");
        assertThat(JsonText.quote("a/b \u007f\u00e9\ud83d\ude00")).isEqualTo("\"a/b \u007f\u00e9\ud83d\ude00\"");
        assertThat(JsonText.quote("\"\\\n\r\t\b\f\u0000\u001f"))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\"");
    }

    @Test
    void resolves_escapes() {
        assertThat(JsonText.unquote("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00x\""))
                .isEqualTo("\"\\/\b\f\n\r\t\u00e9\ud83d\ude00x");
        assertThat(JsonText.unescape("plain")).isEqualTo("plain");
    }

    @Test
    void escapes_halves_of_surrogate_pairs() {
        assertThat(JsonText.quote("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(JsonText.quote("\ude00\ud83d\ude00\ud83dx")).isEqualTo("\"\\ude00\ud83d\ude00\\ud83dx\"");
        assertThat(JsonText.wellFormed("\"\ud83d\ude00\"")).isEqualTo("\"\ud83d\ude00\"");
        assertThat(JsonText.wellFormed("\"a\ud83d\"")).isEqualTo("\"a\\ud83d\"");
        assertThat(JsonText.wellFormed("[\"\ude00\ud83d\",\"\ud83d\ude00\"]"))
                .isEqualTo("[\"\\ude00\\ud83d\",\"\ud83d\ude00\"]");
    }
}
