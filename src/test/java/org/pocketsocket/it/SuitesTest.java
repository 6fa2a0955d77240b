package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.SelectClasses;

/** What the build leaves out, since it runs in a suite, does run in a suite. */
class SuitesTest {

    private static final Pattern LEFT_OUT = Pattern.compile("<exclude>\\*\\*/(\\w+IT)\\.java</exclude>");

    @Test
    void every_test_that_is_left_out_is_in_a_suite_and_the_other_way_round() throws IOException {
        Stream<String> leftOut = LEFT_OUT.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map((MatchResult found) -> found.group(1));
        Stream<String> selected = Stream.of(AtOneContainerIT.class, AtSharedServersIT.class)
                .flatMap(suite ->
                        Stream.of(suite.getAnnotation(SelectClasses.class).value()))
                .map(Class::getSimpleName);
        assertThat(leftOut).isNotEmpty().containsExactlyInAnyOrderElementsOf(selected.toList());
    }
}
