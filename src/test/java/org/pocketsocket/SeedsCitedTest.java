package org.pocketsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the five older systems did is tested under its number, or a page says why ours differs. */
class SeedsCitedTest {

    private static final Pattern MARK = Pattern.compile("(?<![A-Z])(PS|GS|SP|SC|CS|D|NW)[-_]?(\\d+)");
    private static final Set<String> TESTED =
            marks(read(Path.of("src/test/java")) + read(Path.of("webapp-client/test")));

    @ParameterizedTest
    @CsvSource({
        "PS, 1-17 20-25 30 31 47-52 60-67 70-76 80 90-100 110-114 120 121 130-132, 0008-what-differs-from-pocketsocket",
        "GS, 1-14 20-30 35-38 40 45-48 50-54 60-62 65-66, 0006-what-differs-from-gevent-socketio",
        "GS, 70-80 90-92, 0043-what-differs-from-the-old-servers",
        "SP, 1-8 10-21 25-30 35-38, 0043-what-differs-from-the-old-servers",
        "SC, 1-19,",
        "CS, 1-4 10-15 20-33 40-42 50-55 60-63 70 71 80 81,",
        "D, 8-11,",
        "NW, 1-5 10-15 20-26 30-33 40-42 50-55,"
    })
    void every_line_is_cited_by_a_test_or_has_a_line_of_its_own(String series, String ranges, String page) {
        Set<String> differs = page == null ? Set.of() : marks(rows(Path.of("docs/decisions", page + ".md")));
        assertThat(numbers(ranges).mapToObj(number -> series + number))
                .filteredOn(line -> !TESTED.contains(line) && !differs.contains(line))
                .isEmpty();
    }

    private static Set<String> marks(String text) {
        return MARK.matcher(text)
                .results()
                .map(mark -> mark.group(1) + mark.group(2))
                .collect(Collectors.toSet());
    }

    private static IntStream numbers(String ranges) {
        return Stream.of(ranges.split(" "))
                .map(range -> range.split("-"))
                .flatMapToInt(range ->
                        IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])));
    }

    /** The first cells of its table. */
    private static String rows(Path page) {
        return text(page)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[1])
                .collect(Collectors.joining("\n"));
    }

    private static String read(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|js|ts)"))
                    .filter(file -> !file.endsWith("SeedsCitedTest.java"))
                    .map(SeedsCitedTest::text)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
