package org.pocketsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocketsocket.test.Packed;

/** What the guide shows is what lies in docs/examples, and that compiles. */
class GuideTest {

    private static final Path EXAMPLES = Path.of("docs/examples");
    private static final Pattern FENCE = Pattern.compile("```(?:java|html|xml)\n(.*?)\n```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({"first-channel, 4", "channels, 4", "java-client, 8"})
    void every_block_is_a_file_of_the_examples_or_a_part_of_one(String page, int atLeast) throws IOException {
        List<String> blocks = FENCE.matcher(Files.readString(Path.of("docs/guide", page + ".md")))
                .results()
                .map(block -> flat(block.group(1)))
                .toList();
        List<String> files;
        try (Stream<Path> all = Files.walk(EXAMPLES.resolve(page))) {
            files = all.filter(Files::isRegularFile).map(GuideTest::text).toList();
        }
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(atLeast).allSatisfy(block -> assertThat(files)
                .anyMatch(file -> file.contains(block)));
    }

    @Test
    void what_the_guide_tells_of_channels_compiles(@TempDir Path temp) throws IOException {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        Packed.compile(EXAMPLES.resolve("channels"), classPath, temp);
    }

    private static String text(Path file) {
        try {
            return flat(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Without indentation, which a part loses. */
    private static String flat(String text) {
        return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
    }
}
