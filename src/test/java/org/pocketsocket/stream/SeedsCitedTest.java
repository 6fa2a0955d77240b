package org.pocketsocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What channelstream did is tested under its number; where ours differs a page says why, and the test what it is. */
class SeedsCitedTest {

    private static IntStream numbers() {
        return Stream.of(
                        IntStream.rangeClosed(1, 4),
                        IntStream.rangeClosed(10, 15),
                        IntStream.rangeClosed(20, 33),
                        IntStream.rangeClosed(40, 42),
                        IntStream.rangeClosed(50, 55),
                        IntStream.rangeClosed(60, 63),
                        IntStream.of(70, 71, 80, 81))
                .flatMapToInt(range -> range);
    }

    @Test
    void every_line_is_cited_by_a_test() throws IOException {
        String tests = tests();
        assertThat(numbers().filter(number -> !isCited(tests, "CS", number))).isEmpty();
        assertThat(IntStream.rangeClosed(8, 11).filter(number -> !isCited(tests, "D", number)))
                .isEmpty();
    }

    private static boolean isCited(String tests, String series, int number) {
        return Pattern.compile("(?<![A-Z])" + series + "[-_]?" + number + "(?![0-9])")
                .matcher(tests)
                .find();
    }

    private static String tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("SeedsCitedTest.java"))
                    .map(SeedsCitedTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
