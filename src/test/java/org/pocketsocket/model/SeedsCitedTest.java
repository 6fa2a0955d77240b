package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What gevent-socketio did is tested here under its number, or a page says why ours differs. */
class SeedsCitedTest {

    private static final Path PAGE = Path.of("docs/decisions/0006-what-differs-from-gevent-socketio.md");

    /** The numbers that there are, up to 66. */
    private static IntStream numbers() {
        return Stream.of(
                        IntStream.rangeClosed(1, 14),
                        IntStream.rangeClosed(20, 30),
                        IntStream.rangeClosed(35, 38),
                        IntStream.of(40),
                        IntStream.rangeClosed(45, 48),
                        IntStream.rangeClosed(50, 54),
                        IntStream.rangeClosed(60, 62),
                        IntStream.of(65, 66))
                .flatMapToInt(range -> range);
    }

    @Test
    void every_line_is_cited_by_a_test_or_has_a_line_of_its_own() throws IOException {
        String tests = tests();
        String page = Files.readString(PAGE);
        List<Integer> missing = numbers()
                .filter(number -> !tests.matches("(?s).*GS-?" + number + "\\b.*")
                        && !tests.matches("(?s).*GS-?" + number + "_.*")
                        && !page.contains("| GS-" + number + " |"))
                .boxed()
                .collect(Collectors.toList());
        assertThat(missing).isEmpty();
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
