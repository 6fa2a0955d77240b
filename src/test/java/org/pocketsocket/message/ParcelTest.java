package org.pocketsocket.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ParcelTest {

    @Test
    void knows_its_size_in_utf8() {
        assertThat(Parcel.of("").bytes()).isZero();
        assertThat(Parcel.of("a\u007f").bytes()).isEqualTo(2);
        assertThat(Parcel.of("\u0080\u07ff").bytes()).isEqualTo(4);
        assertThat(Parcel.of("\u0800\ud7ff\ue000\uffff").bytes()).isEqualTo(12);
        assertThat(Parcel.of("\ud83d\ude00").bytes()).isEqualTo(4);
        assertThat(new Parcel(List.of("ab", "\u00e9")).bytes()).isEqualTo(4);
    }

    @Test
    void counts_bytes_as_the_jdk_writes_them() {
        long seed = Long.getLong("pocket.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
                    .map(point -> point >> random.nextInt(17))
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .forEach(text::appendCodePoint);
            assertThat(Parcel.utf8Length(text.toString()))
                    .as("-Dpocket.seed=%d: %s", seed, text)
                    .isEqualTo(text.toString().getBytes(UTF_8).length);
        }
    }

    @Test
    void is_not_changed_from_outside() {
        List<String> texts = new ArrayList<>(List.of("a"));
        Parcel parcel = new Parcel(texts);
        texts.add("b");
        assertThat(parcel.texts()).containsExactly("a");
    }

    @Test
    void is_brought_into_a_form_once_for_each_that_asks() {
        List<String> made = new ArrayList<>();
        Function<Parcel, byte[]> bytes = parcel -> {
            made.add("bytes");
            return parcel.texts().get(0).getBytes(UTF_8);
        };
        Function<Parcel, Integer> length = parcel -> {
            made.add("length");
            return parcel.texts().get(0).length();
        };
        Parcel parcel = Parcel.of("hello");

        byte[] first = parcel.as(bytes);
        assertThat(parcel.as(length)).isEqualTo(5);
        assertThat(parcel.as(bytes)).isSameAs(first).isEqualTo("hello".getBytes(UTF_8));
        assertThat(parcel.as(length)).isEqualTo(5);
        assertThat(made).containsExactly("bytes", "length");
    }
}
