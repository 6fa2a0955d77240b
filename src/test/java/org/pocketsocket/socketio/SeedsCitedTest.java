package org.pocketsocket.socketio;

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

/** What the old protocol and its server did is tested under its number, or a page says why ours differs. */
class SeedsCitedTest {

    private static final Path PAGE = Path.of("docs/decisions/0043-what-differs-from-the-old-servers.md");

    private static Stream<String> lines() {
        IntStream protocol = Stream.of(
                        IntStream.rangeClosed(1, 8),
                        IntStream.rangeClosed(10, 21),
                        IntStream.rangeClosed(25, 30),
                        IntStream.rangeClosed(35, 38))
                .flatMapToInt(range -> range);
        return Stream.concat(
                protocol.mapToObj(number -> "SP" + number),
                IntStream.rangeClosed(70, 80).mapToObj(number -> "GS" + number));
    }

    @Test
    void every_line_is_cited_by_a_test_or_has_a_line_of_its_own() throws IOException {
        String tests = tests();
        String page = Files.readString(PAGE);
        List<String> missing = lines().filter(line -> {
                    String mark = line.substring(0, 2) + "[-_]?" + line.substring(2) + "(?![0-9])";
                    return !tests.matches("(?s).*" + mark + ".*")
                            && !page.matches("(?s).*\\| [^|\\n]*" + mark + "[^|\\n]* \\|.*");
                })
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
