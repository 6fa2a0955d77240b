package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** PS-30 to PS-121: what the seed's browser client does, in Chromium against two real servers. */
class SeedClientIT {

    private static final Path SCRIPT = Path.of("src/test/resources/client/seed-lines.js");

    /** The numbers of the lines there are. */
    private static final int[][] LINES = {
        {30, 31}, {40, 52}, {60, 67}, {70, 76}, {80, 80}, {90, 100}, {110, 114}, {120, 121}
    };

    private static Server one;
    private static Server two;
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void start() {
        one = Shared.PLAIN.server();
        two = Shared.FIXTURE.server();
        browser = Browser.start();
        page = browser.page();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static List<String> lines() {
        return Arrays.stream(LINES)
                .flatMap(range -> IntStream.rangeClosed(range[0], range[1]).mapToObj(number -> "PS-" + number))
                .toList();
    }

    /** Loads it anew: nothing of the line before is left. */
    private static void load() throws java.io.IOException {
        page.navigate(one.uri("/guide-has-no-such-page").toString());
        page.setContent("<!doctype html><title>seed</title><body>");
        page.addScriptTag(new Page.AddScriptTagOptions()
                .setUrl(one.uri("/pocket.socket.js").toString()));
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(Files.readString(SCRIPT)));
    }

    @Test
    void every_line_has_a_test() throws java.io.IOException {
        load();
        assertThat((List<?>) page.evaluate("Object.keys(seedLines)")).isEqualTo(lines());
    }

    @TestFactory
    Stream<DynamicTest> every_line_holds() {
        return lines().stream()
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    load();
                    page.evaluate(
                            "([line, a, b]) => runSeedLine(line, a, b)",
                            List.of(line, "127.0.0.1:" + one.port(), "127.0.0.1:" + two.port()));
                }));
    }
}
