package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner finds exactly the texts of RFC 8259. Its oracle is Parsson, which the build has for JSON-B anyway. */
class JsonScannerTest {

    private static final int ROUNDS = 20_000;
    private static final long SEED = Long.getLong("pocket.seed", System.nanoTime());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "10",
                "-1.5e+10",
                "1E5",
                "1e-05",
                "0.0",
                "\"\"",
                "\"\\u00Ff\\/\\b\"",
                "true",
                "false",
                "null",
                "[]",
                "{}",
                " [ ] ",
                "\t{\r\n}",
                "[1,[2,{\"a\":[]}]]",
                "{\"a\":1,\"a\":2}",
                "{\"\":null}",
                "\"\u007f\u2028\"",
                "\"\ud83d\ude00\""
            })
    void a_valid_value_ends_where_the_text_ends(String json) {
        assertThat(isValid(json)).isTrue();
        assertThat(parssonReads(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1.e5",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "Infinity",
                "tru",
                "True",
                "nul",
                "falsy",
                "\"",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\uff11234\"",
                "\"\\u123",
                "\"\n\"",
                "\"\u0000\"",
                "'a'",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1}",
                "]",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1]",
                "{1:2}",
                "{\"a",
                "{,}",
                "1 2",
                "{}{}",
                "\ufeff1",
                "\u00a01",
                "[1]x",
                "/**/1",
                "1//"
            })
    void anything_else_is_invalid(String text) {
        assertThat(isValid(text)).isFalse();
    }

    /**
     * Both say the same of whatever the fuzz makes of JSON. No exceptions are known for Parsson 1.1.7, as long as numbers
     * and nesting stay within its limits.
     */
    @Test
    void says_valid_exactly_where_parsson_does() {
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            Random random = new Random(seed);
            String text = RandomJson.value(random);
            assertThat(isValid(text)).as("seed %d: %s", seed, text).isTrue();
            String injured = RandomJson.mutated(text, random);
            boolean expected = parssonReads(injured);
            assertThat(isValid(injured))
                    .as("injured, -Dpocket.seed=%d: %s", seed, injured)
                    .isEqualTo(expected);
            valid += expected ? 1 : 0;
        }
        assertThat(valid).as("injured texts that still are JSON").isBetween(ROUNDS / 50, ROUNDS * 49 / 50);
    }

    @Test
    void says_object_exactly_where_parsson_does() {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            Random random = new Random(seed);
            String text = RandomJson.mutated(RandomJson.object(random), random);
            boolean expected = parssonReads(text) && text.strip().startsWith("{");
            int result = new JsonObjectScanner(text, 64, (name, value) -> {}).scan();
            assertThat(result).as("-Dpocket.seed=%d: %s", seed, text).isEqualTo(expected ? 0 : JsonScanner.INVALID);
        }
    }

    @Test
    void hands_out_the_members_that_parsson_finds() {
        for (int round = 0; round < ROUNDS / 10; round++) {
            long seed = SEED + round;
            String text = RandomJson.object(new Random(seed));
            Map<String, JsonValue> found = new HashMap<>();
            new JsonObjectScanner(text, 64, (name, value) -> found.put(name, parsed(value))).scan();
            assertThat(found).as("-Dpocket.seed=%d: %s", seed, text).isEqualTo((JsonObject) parsed(text));
        }
    }

    @Test
    void strings_mean_what_parsson_says_they_mean() {
        for (int round = 0; round < ROUNDS / 10; round++) {
            long seed = SEED + round;
            String quoted = RandomJson.string(new Random(seed));
            String text = ((JsonString) parsed(quoted)).getString();
            assertThat(JsonText.unquote(quoted))
                    .as("-Dpocket.seed=%d: %s", seed, quoted)
                    .isEqualTo(text);
            assertThat(((JsonString) parsed(JsonText.quote(text))).getString())
                    .as("-Dpocket.seed=%d: %s", seed, quoted)
                    .isEqualTo(text);
        }
    }

    @Test
    void nesting_counts_containers_and_stops_at_the_limit() {
        assertThat(scan("[[1]]", 2)).isEqualTo(5);
        assertThat(scan("[[[1]]]", 2)).isEqualTo(JsonScanner.TOO_DEEP);
        assertThat(scan("{\"a\":[{}]}", 2)).isEqualTo(JsonScanner.TOO_DEEP);
        assertThat(scan("[[],[],[]]", 2)).isEqualTo(10);
    }

    /** Bad input: nested 10,000 deep, closed or not. */
    @Test
    void ten_thousand_brackets_cost_no_stack() {
        assertThat(scan("[".repeat(10_000) + "]".repeat(10_000), 64)).isEqualTo(JsonScanner.TOO_DEEP);
        assertThat(scan("{\"a\":".repeat(10_000), 64)).isEqualTo(JsonScanner.TOO_DEEP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "\"{}\"",
                "",
                "null",
                "{} {}",
                "{}x",
                "{\"a\":1} ]",
                "{\"a\":}",
                "{\"a\"}",
                "{\"a\":1;}",
                "{x}"
            })
    void an_object_is_only_an_object(String text) {
        assertThat(new JsonObjectScanner(text, 64, (name, value) -> {}).scan()).isEqualTo(JsonScanner.INVALID);
    }

    @Test
    void an_object_may_be_empty_or_in_white_space() {
        Map<String, String> found = new HashMap<>();
        assertThat(new JsonObjectScanner(" { } ", 64, found::put).scan()).isZero();
        assertThat(found).isEmpty();
        assertThat(new JsonObjectScanner("\n{ \"\\u0061\" : [ 1 ] , \"b\" : 2 }\n", 64, found::put).scan())
                .isZero();
        assertThat(found).isEqualTo(Map.of("a", "[ 1 ]", "b", "2"));
    }

    @Test
    void a_member_may_be_nested_as_deep_as_said_the_object_around_it_does_not_count() {
        ToIntFunction<String> scan = text -> new JsonObjectScanner(text, 2, (name, value) -> {}).scan();
        assertThat(scan.applyAsInt("{\"a\":[[]]}")).isZero();
        assertThat(scan.applyAsInt("{\"a\":[[[]]]}")).isEqualTo(JsonScanner.TOO_DEEP);
    }

    private static int scan(String text, int depth) {
        return new JsonScanner(text, depth).value(0, 0);
    }

    private static boolean isValid(String text) {
        JsonScanner json = new JsonScanner(text, 64);
        int end = json.value(json.space(0), 0);
        return end >= 0 && json.space(end) == text.length();
    }

    private static boolean parssonReads(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            int events = 0;
            while (parser.hasNext()) {
                parser.next();
                events++;
            }
            return events > 0;
        } catch (JsonException e) {
            return false;
        }
    }

    private static JsonValue parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readValue();
        }
    }
}
