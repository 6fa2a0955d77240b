package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {

    public record Picture(String name, byte[] pixels, List<byte[]> layers) {}

    private final Json json = new Json();

    @AfterEach
    void close() {
        json.close();
    }

    @Test
    void bytes_are_base64_in_an_object_wherever_they_are() {
        byte[] bytes = {1, 2, 3};
        assertThat(json.write(bytes)).isEqualTo("{\"base64\":\"AQID\"}");
        assertThat(json.write(Map.of("k", bytes))).isEqualTo("{\"k\":{\"base64\":\"AQID\"}}");
        assertThat(json.write(new Picture("x", bytes, List.of(bytes))))
                .isEqualTo("{\"layers\":[{\"base64\":\"AQID\"}],\"name\":\"x\",\"pixels\":{\"base64\":\"AQID\"}}");
    }

    @Test
    void and_are_read_from_there() {
        assertThat(json.read("{\"base64\":\"AQID\"}", byte[].class)).containsExactly(1, 2, 3);
        Picture picture =
                json.read("{\"pixels\":{\"base64\":\"AQID\"},\"layers\":[{\"base64\":\"BA==\"}]}", Picture.class);
        assertThat(picture.pixels()).containsExactly(1, 2, 3);
        assertThat(picture.layers().get(0)).containsExactly(4);
        assertThat(json.read("null", byte[].class)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"base64\":null}", "{\"base64\":\"!\"}", "[1,2]", "\"AQID\"", "7"})
    void anything_else_is_no_binary_data(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> json.read(text, byte[].class));
    }

    @Test
    void other_things_can_stand_in_its_place() {
        Bytes.Taker taker = base64 -> base64.equals("AQID") ? "7" : null;
        assertThat(Bytes.replace("[1]", taker)).isEqualTo("[1]");
        assertThat(Bytes.replace("[{\"base64\":\"AQID\"},{\"base64\":\"BA==\"},{\"base64\":\"AQID\"}]", taker))
                .isEqualTo("[7,{\"base64\":\"BA==\"},7]");
        String others = "[{\"base64\":\"AQID\",\"a\":1},{\"base64\":\"AQ!D\"},\"{\\\"base64\\\":\\\"AQID\\\"}\"]";
        assertThat(Bytes.replace(others, taker)).isEqualTo(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQID", "AQI=", "AQ==", "a+/9"})
    void base64_has_padding(String text) {
        assertThat(Bytes.isBase64(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AQI", "====", "A===", "AQ=I", "AQ-_", "AQ\u00e9D", "AQ D"})
    void and_nothing_but_its_letters(String text) {
        assertThat(Bytes.isBase64(text)).isFalse();
    }
}
