package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SC-1 to SC-19: what the seed's client does, line by line; each is in the name of a test. */
class SeedLinesTest {

    private static final Pattern NAMED = Pattern.compile("void SC_(\\d+)_");

    @Test
    void every_line_has_a_test() throws IOException {
        Set<Integer> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java/org/pocketsocket/client"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher names = NAMED.matcher(Files.readString(source));
                while (names.find()) {
                    named.add(Integer.parseInt(names.group(1)));
                }
            }
        }
        assertThat(named)
                .isEqualTo(IntStream.rangeClosed(1, 19).boxed().collect(Collectors.toCollection(TreeSet::new)));
    }
}
