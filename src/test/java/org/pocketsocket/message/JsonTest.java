package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    public record Line(String text, int size) {}

    public enum Colour {
        RED
    }

    /** Says no by an exception of its own. */
    public record Checked(int n) {
        public Checked {
            if (n < 1) {
                throw new IllegalStateException("n is at least one");
            }
        }
    }

    public static final class Broken {
        public void setText(String text) {
            throw new IllegalStateException("no");
        }

        public String getText() {
            throw new IllegalStateException("no text today");
        }
    }

    private final Json json = new Json();

    @SuppressWarnings("unused") // for its type
    private List<Line> lines;

    @AfterEach
    void close() {
        json.close();
    }

    @Test
    void writes_what_handlers_return() {
        assertThat(json.write(null)).isEqualTo("null");
        assertThat(json.write("a \"b\"")).isEqualTo("\"a \\\"b\\\"\"");
        assertThat(json.write(7)).isEqualTo("7");
        assertThat(json.write(true)).isEqualTo("true");
        assertThat(json.write(List.of(1, "b"))).isEqualTo("[1,\"b\"]");
        assertThat(json.write(Map.of("a", 1))).isEqualTo("{\"a\":1}");
        assertThat(json.write(new Line("hello", 5))).isEqualTo("{\"size\":5,\"text\":\"hello\"}");
    }

    @Test
    void says_what_it_cannot_write() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.write(new Broken()))
                .withMessageContaining(Broken.class.getName());
    }

    @Test
    void writes_no_half_of_a_surrogate_pair_since_utf_8_has_none() {
        String smuggled = json.read("\"a\\ud800b\"", String.class);
        assertThat(smuggled).isEqualTo("a\ud800b");
        assertThat(json.write(smuggled)).isEqualTo("\"a\\ud800b\"");
        assertThat(json.write(new Line(smuggled, 1))).isEqualTo("{\"size\":1,\"text\":\"a\\ud800b\"}");
        assertThat(json.write(List.of("\ud83d\ude00"))).isEqualTo("[\"\ud83d\ude00\"]");
    }

    @Test
    void reads_payloads_into_a_handlers_types() {
        assertThat(json.read("\"hello\"", String.class)).isEqualTo("hello");
        assertThat(json.read("5", int.class)).isEqualTo(5);
        assertThat(json.read("{\"text\":\"hello\",\"size\":5,\"more\":[1]}", Line.class))
                .isEqualTo(new Line("hello", 5));
        assertThat(json.read("\"2026-01-31\"", LocalDate.class)).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(json.read("null", Line.class)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "five"                     | int
            {}                         | int
            null                       | int
            null                       | boolean
            []                         | java.lang.String
            {}                         | java.lang.String
            "PINK"                     | org.pocketsocket.message.JsonTest$Colour
            "yesterday"                | java.time.LocalDate
            5                          | java.util.List
            "a"                        | org.pocketsocket.message.JsonTest$Line
            7                          | org.pocketsocket.message.JsonTest$Line
            []                         | org.pocketsocket.message.JsonTest$Line
            {"text":{},"size":1}       | org.pocketsocket.message.JsonTest$Line
            {"text":"a","size":"b"}    | org.pocketsocket.message.JsonTest$Line
            "soon"                     | java.time.Duration
            "x"                        | java.util.UUID
            "\\ud800\\ud800"           | java.math.BigDecimal
            1e999999999                | java.math.BigInteger
            -1                         | org.pocketsocket.message.JsonTest$Checked
            {"n":-1}                   | org.pocketsocket.message.JsonTest$Checked
            {"n":null}                 | org.pocketsocket.message.JsonTest$Checked
            {}                         | org.pocketsocket.message.JsonTest$Checked
            {"n":[]}                   | org.pocketsocket.message.JsonTest$Checked
            5                          | jakarta.json.JsonObject
            []                         | jakarta.json.JsonObject
            {"text":"a"}               | org.pocketsocket.message.JsonTest$Broken
            {}                         | java.util.concurrent.locks.Lock
            {}                         | org.pocketsocket.message.JsonTest$Colour
            """)
    void says_what_it_cannot_read(String text, String type) throws ClassNotFoundException {
        Class<?> wanted =
                switch (type) {
                    case "int" -> int.class;
                    case "long" -> long.class;
                    case "boolean" -> boolean.class;
                    default -> Class.forName(type);
                };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.read(text, wanted))
                .withMessageContaining(type);
    }

    @Test
    void reads_into_generic_types() throws NoSuchFieldException {
        Type type = JsonTest.class.getDeclaredField("lines").getGenericType();
        assertThat(json.read("[{\"text\":\"a\",\"size\":1}]", type)).isEqualTo(List.of(new Line("a", 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                       | ``
            [1]                      | 1
             [ 1 , "a,]" ,{"b":[2]}] | 1;"a,]";{"b":[2]}
            [[],null]                | [];null
            """)
    void takes_an_array_apart(String array, String values) { // GS-26
        assertThat(String.join(";", json.values(array))).isEqualTo(values);
    }

    @Test
    void takes_nothing_else_apart() {
        assertThatIllegalArgumentException().isThrownBy(() -> json.values("{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> json.values(""));
    }

    /** A few bytes must not become a number of a billion digits. */
    @Test
    void a_huge_exponent_costs_nothing() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            json.read("1e999999999", int.class);
            json.read("1e999999999", long.class);
            json.read("1e999999999", double.class);
            json.read("[1e999999999]", Object.class);
            assertThatIllegalArgumentException().isThrownBy(() -> json.read("1e999999999", BigInteger.class));
        });
    }

    /** Where Yasson binds more than one would think; nothing depends on it, an update that changes it should be seen. */
    @Test
    void json_b_is_lax_in_a_few_places() {
        assertThat(json.read("5", boolean.class)).isEqualTo(false);
        assertThat(json.read("1.5", int.class)).isEqualTo(1);
        assertThat(json.read("99999999999", int.class)).isEqualTo((int) 99999999999L);
        assertThat((Object) json.read("[]", Map.class)).isEqualTo(Map.of());
    }
}
