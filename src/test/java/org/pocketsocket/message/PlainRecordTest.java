package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRecordTest {

    public record All(String text, int size, long big, boolean flag) {}

    public record Loud(String text) {
        public Loud {
            text = text.toUpperCase(java.util.Locale.ROOT);
        }

        @Override
        public String text() {
            return text + '!';
        }
    }

    public record Nothing() {}

    public record Several(List<String> texts) {}

    public record Renamed(@JsonbProperty("name") String text) {}

    public record Hidden(String text, @JsonbTransient int size) {}

    @Deprecated
    public record Annotated(String text) {}

    public record Longer(String text) {
        public int getLength() {
            return text.length();
        }
    }

    public record Getter(String getText, boolean isFlag) {}

    public record Twofold(String text, int size) {
        public Twofold(String text) {
            this(text, 1);
        }
    }

    public record Ordered(String text) implements Comparable<Ordered> {
        @Override
        public int compareTo(Ordered other) {
            return text.compareTo(other.text);
        }
    }

    record Shut(String text) {}

    private final Jsonb jsonb = JsonbBuilder.create();
    private final PlainRecord all = PlainRecord.of(All.class).orElseThrow();

    @AfterEach
    void close() throws Exception {
        jsonb.close();
    }

    @Test
    void writes_and_reads_as_json_b_does() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            All record = new All(text(random), random.nextInt(), random.nextLong(), random.nextBoolean());
            String json = jsonb.toJson(record);
            assertThat(all.write(record)).isEqualTo(json);
            Object read = all.read(json);
            assertThat(read == null ? jsonb.fromJson(json, All.class) : read).isEqualTo(record);
        }
    }

    /** No \b, no \f, which JSON-B writes shorter; no half of a surrogate pair, which it leaves alone. */
    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 0x20AC)
                .map(c -> random.nextBoolean() ? c & 0x7F : c)
                .filter(c -> c != '\b' && c != '\f')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\\u0041\\n\\\"\",\"size\":1,\"big\":2,\"flag\":true}",
                " { \"flag\" : false , \"big\" : -12345678901234567 , \"size\" : -12345678 , \"t\\u0065xt\" : \"\" } ",
                "{\"text\":\"a\",\"size\":0,\"more\":{\"text\":[\"b\"]},\"big\":999999999999999999,\"flag\":true}",
            })
    void reads_what_has_it_all(String json) {
        assertThat(all.read(json)).isNotNull().isEqualTo(jsonb.fromJson(json, All.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"text\":\"a\",\"size\":1,\"big\":2,\"flag\":null}",
                "{\"text\":null,\"size\":1,\"big\":2,\"flag\":true}",
                "{\"text\":\"a\",\"size\":1,\"big\":2}",
                "{\"text\":\"a\",\"text\":\"b\",\"size\":1,\"big\":2,\"flag\":true}",
                "{\"text\":\"a\",\"text\":\"b\",\"big\":2,\"flag\":true}",
                "{\"text\":7,\"size\":1,\"big\":2,\"flag\":true}",
                "{\"text\":\"a\",\"size\":1.0,\"big\":2,\"flag\":true}",
                "{\"text\":\"a\",\"size\":1e3,\"big\":2,\"flag\":true}",
                "{\"text\":\"a\",\"size\":\"1\",\"big\":2,\"flag\":true}",
                "{\"text\":\"a\",\"size\":1234567890,\"big\":2,\"flag\":true}",
                "{\"text\":\"a\",\"size\":1,\"big\":2,\"flag\":\"true\"}",
                "{\"text\":\"a\",\"size\":1,\"big\":2,\"flag\":true} x",
                "{\"text\":\"a\",\"size\":1,\"big\":2,\"flag\":true",
            })
    void leaves_all_else_to_json_b(String json) {
        assertThat(all.read(json)).isNull();
        try (Json both = new Json()) {
            assertThat(outcome(() -> both.read(json, All.class)))
                    .isEqualTo(outcome(() -> jsonb.fromJson(json, All.class)));
        }
    }

    private static String outcome(java.util.function.Supplier<Object> reading) {
        try {
            return String.valueOf(reading.get());
        } catch (JsonbException | IllegalArgumentException e) {
            return "no";
        }
    }

    @Test
    void leaves_out_what_is_not_there() {
        assertThat(all.write(new All(null, 1, 2, true))).isEqualTo("{\"big\":2,\"flag\":true,\"size\":1}");
        assertThat(jsonb.toJson(new All(null, 1, 2, true))).isEqualTo("{\"big\":2,\"flag\":true,\"size\":1}");
    }

    @Test
    void goes_through_the_constructor_and_the_accessors() {
        PlainRecord loud = PlainRecord.of(Loud.class).orElseThrow();
        assertThat(loud.read("{\"text\":\"a\"}")).isEqualTo(new Loud("A"));
        assertThat(loud.write(new Loud("a"))).isEqualTo("{\"text\":\"A!\"}").isEqualTo(jsonb.toJson(new Loud("a")));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                Nothing.class,
                Several.class,
                Renamed.class,
                Hidden.class,
                Annotated.class,
                Longer.class,
                Getter.class,
                Twofold.class,
                Ordered.class,
                Shut.class,
                org.pocketsocket.message.nillable.Plain.class,
            })
    void is_nothing_else(Class<?> type) {
        assertThat(PlainRecord.of(type)).isEmpty();
    }
}
