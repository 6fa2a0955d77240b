package org.pocketsocket.stream;

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

/** What channelstream did is tested under its number, or a page says why ours differs. */
class SeedsCitedTest {

    private static final Path PAGE = Path.of("docs/decisions/0050-what-differs-from-channelstream.md");

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
    void every_line_is_cited_by_a_test_or_has_a_line_of_its_own() throws IOException {
        String tests = tests();
        String page = Files.readString(PAGE);
        List<Integer> missing = numbers()
                .filter(number -> !tests.matches("(?s).*CS[-_]" + number + "(?![0-9]).*")
                        && !page.matches("(?s).*\\| [^|\\n]*CS-" + number + "(?![0-9])[^|\\n]* \\|.*"))
                .boxed()
                .toList();
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
