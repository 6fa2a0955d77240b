package org.pocketsocket.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocketsocket.test.Axe;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/**
 * Every page, on a phone and wide, light and dark: nothing that axe calls serious or critical, nothing wider than the
 * window, no error on the console. With {@code -Dpocket.pictures=true} it takes the pictures of docs/images anew.
 */
class PagesIT {

    private static final String SECRET = "correct horse battery";
    private static final Path PICTURES = Path.of("docs/images");
    private static final int LARGEST = 100_000;

    private static Server server;
    private static Server second;
    private Browser browser;

    @BeforeAll
    static void start() {
        server = Server.with().jvm("-Dpocket.admin.secret=" + SECRET).start();
        second = Shared.PLAIN.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        browser = Browser.start();
    }

    @AfterEach
    void shut() {
        browser.close();
    }

    static Stream<String> pages() throws IOException {
        try (Stream<Path> demos = Files.list(Path.of("webapp-client/demo"))) {
            return Stream.concat(
                    Stream.of("/", "/admin"),
                    demos
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".html"))
                            .sorted()
                            .map(name -> "/demo/" + name)
                            .toList()
                            .stream());
        }
    }

    private static String address(String path) {
        String query = path.endsWith("broadcast.html")
                ? "?servers=127.0.0.1:" + server.port() + ",127.0.0.1:" + second.port()
                : "";
        return server.uri(path) + query;
    }

    private Page page(int width, int height, ColorScheme scheme) {
        return browser.page(new NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE) // a colour on its way to another is not to be judged
                .setBypassCSP(true));
    }

    private static void isFine(Page page, String what) {
        assertThat(Axe.findings(page)).as(what).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("fits: " + what)
                .isEqualTo(true);
    }

    private static void isFineEverywhere(Page page, String what) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(360, 1280)) {
                page.setViewportSize(width, 800);
                isFine(page, what + " " + width + " " + scheme);
            }
        }
    }

    private static void isOpen(Page page) {
        assertThat(page.locator("#state"))
                .hasAttribute("data-state", "open", new HasAttributeOptions().setTimeout(30_000));
    }

    /** Into what there is behind a door, and the inspector beside it. */
    private static void goesIn(Page page, String path) {
        if (path.equals("/admin")) {
            page.fill("#password", SECRET);
            page.press("#password", "Enter");
        } else if (path.endsWith("chat.html") || path.endsWith("rooms.html")) {
            page.fill("#name", "ada" + System.nanoTime());
            page.press("#name", "Enter");
            assertThat(page.locator("#door")).isHidden();
        } else if (path.endsWith("echo.html")) {
            page.click("#connect");
        }
        if (page.locator("#state").count() > 0) {
            isOpen(page);
        }
        if (path.startsWith("/demo/")) {
            page.keyboard().press("Alt+i");
            assertThat(page.locator("#inspector .wires [data-state=open]").first())
                    .isVisible();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shuts_nobody_out(String path) {
        Page page = page(360, 800, ColorScheme.LIGHT);
        page.navigate(address(path));
        isFineEverywhere(page, path);
        goesIn(page, path);
        isFineEverywhere(page, path + ", inside");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_inspector_is_opened_and_closed_by_keyboard_and_shows_what_goes_over_the_wire() {
        Page page = page(1280, 800, ColorScheme.LIGHT);
        page.navigate(address("/demo/echo.html"));
        assertThat(page.locator("#inspector")).isHidden();
        page.click("#connect");
        assertThat(page.locator("#log li")).containsText("connected");
        page.fill("#text", "<b>milk</b>");
        page.press("#text", "Enter");
        page.focus("[aria-controls=inspector]");
        page.keyboard().press("Enter");
        assertThat(page.locator("#inspector h2")).isFocused();
        assertThat(page.locator(".frames [data-way=out] code")).hasText("<b>milk</b>");
        assertThat(page.locator(".frames [data-way=in] code")).containsText("\"messageId\":11");
        assertThat(page.locator("#inspector canvas"))
                .hasAttribute("data-points", java.util.regex.Pattern.compile("[2-9]"));
        assertThat(page.locator("#inspector figcaption")).containsText("median");
        assertThat(page.locator("#log li")).hasCount(3); // the inspector's own questions are not the page's
        page.click("#disconnect");
        assertThat(page.locator(".wires [data-state=closed]")).containsText("0 reconnects");
        page.click("#connect");
        assertThat(page.locator(".wires [data-state=open]")).containsText("1 reconnect");
        page.click("[data-do=clear]");
        assertThat(page.locator(".frames li")).hasCount(0);
        page.keyboard().press("Escape");
        assertThat(page.locator("#inspector")).isHidden();
        assertThat(page.locator("[aria-controls=inspector]")).isFocused();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_pictures_of_the_docs_are_small() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            String suffix = scheme == ColorScheme.LIGHT ? "" : "-dark";
            Page start = page(960, 600, scheme);
            start.navigate(address("/"));
            picture(start, "start" + suffix);
            Page ada = page(960, 600, scheme);
            Page bob = page(360, 640, scheme);
            chats(ada, bob, "station" + suffix);
            picture(ada, "chat" + suffix);
            ada.keyboard().press("Alt+i");
            assertThat(ada.locator(".frames li").first()).isVisible();
            picture(ada, "inspector" + suffix);
            ada.context().close();
            bob.context().close();
        }
        try (Stream<Path> files = Files.list(PICTURES)) {
            assertThat(files.toList()).allSatisfy(file -> assertThat(file)
                    .satisfies(each ->
                            assertThat(Files.size(each)).as(each.toString()).isLessThan(LARGEST)));
        }
    }

    private static void chats(Page ada, Page bob, String room) {
        ada.navigate(address("/demo/chat.html") + "?name=Ada&room=" + room);
        bob.navigate(address("/demo/chat.html") + "?name=Bob&room=" + room);
        assertThat(ada.locator("#people li")).hasCount(2);
        says(ada, "Is the train on time?");
        says(bob, "It is. Platform 4.");
        says(ada, "I bring coffee.");
        says(bob, "You are the best. See you at the kiosk, or in the second coach if I am late again.");
        assertThat(ada.locator("#messages .bubble").last()).containsText("second coach");
        bob.fill("#text", "And");
        bob.press("#text", "Space");
        assertThat(ada.locator("#typing")).containsText("Bob is typing");
    }

    private static void says(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
        assertThat(page.locator("#messages [data-state=sent] .text").last()).hasText(text);
    }

    private static void picture(Page page, String name) {
        Path folder = Boolean.getBoolean("pocket.pictures") ? PICTURES : Path.of("target/screenshots");
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }
}
