package org.pocketsocket.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code on docs/guide/examples.md is the demos' own. */
class ExamplesPageTest {

    private static final Pattern FENCE = Pattern.compile("```(?:java|js)\n(.*?)\n```", Pattern.DOTALL);
    private static final String PACKAGE = "java/org/pocketsocket/demo";

    @Test
    void every_block_of_the_examples_page_stands_in_a_source() {
        List<String> sources = Stream.of("src/main/" + PACKAGE, "src/test/" + PACKAGE, "webapp-client/demo")
                .flatMap(folder -> files(Path.of(folder)))
                .map(file -> flat(read(file)))
                .toList();
        List<MatchResult> blocks =
                FENCE.matcher(read(Path.of("docs/guide/examples.md"))).results().toList();
        assertThat(blocks).hasSizeGreaterThan(8).allSatisfy(block -> assertThat(sources)
                .as(block.group(1))
                .anyMatch(source -> source.contains(flat(block.group(1)))));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String flat(String code) {
        return code.replaceAll("\\s+", " ");
    }
}
