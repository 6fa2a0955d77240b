package org.pocketsocket.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;

/** The small demos (GS-90, GS-91, GS-92, PS-130), as people use them: the packaged jar, and two browsers where it takes two. */
class DemosIT {

    @TempDir
    private static Path directory;

    private static Server server;
    private Browser browser;

    @BeforeAll
    static void start() {
        server = Server.with().jvm("-Dpocket.demo.dir=" + directory).start();
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

    private static Page opens(Page page, String demo) {
        page.navigate(server.uri("/demo/" + demo).toString());
        return isOpen(page);
    }

    private static Page isOpen(Page page) {
        assertThat(page.locator("#state"))
                .hasAttribute("data-state", "open", new HasAttributeOptions().setTimeout(30_000));
        return page;
    }

    private Page phone() {
        Page page = browser.page(360, 640);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        return page;
    }

    /** Takes a picture, and looks whether anything is wider than the window. */
    private static void picture(Page page, String name) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name)
                .isEqualTo(true);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/demo-" + name + ".png")));
    }

    private static String pixels(Page page) {
        return (String) page.evaluate("document.getElementById('plot').toDataURL()");
    }

    @Test
    void the_cpu_plot_gets_points_and_moves_GS92() {
        Page page = opens(browser.page(), "cpu.html");
        page.waitForFunction("+document.getElementById('plot').dataset.points > 30");
        assertThat(page.locator("#load")).hasText(java.util.regex.Pattern.compile("\\d+ %"));
        assertThat(page.locator("#spoken")).containsText("CPU load");
        String before = pixels(page);
        page.waitForFunction("before => document.getElementById('plot').toDataURL() !== before", before);
        picture(page, "cpu");
        page.click("#pause");
        String still = pixels(page);
        assertThat(page.locator("#load")).hasText("–");
        page.waitForTimeout(300);
        assertThat(pixels(page)).isEqualTo(still);
        page.click("#pause");
        assertThat(page.locator("#load")).hasText(java.util.regex.Pattern.compile("\\d+ %"));
        Page phone = opens(phone(), "cpu.html");
        phone.waitForFunction("+document.getElementById('plot').dataset.points > 20");
        picture(phone, "cpu-phone");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_ticker_shows_the_newest_line_first_the_same_to_both_GS92() {
        Page ada = opens(browser.page(), "ticker.html");
        Page bob = opens(phone(), "ticker.html");
        assertThat(bob.locator("#ticks li")).hasCount(2);
        assertThat(ada.locator("#ticks"))
                .containsText(bob.locator("#ticks li").last().innerText());
        picture(ada, "ticker");
        picture(bob, "ticker-phone");
        ada.click("#pause");
        ada.click("#pause");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void somebody_is_invited_and_comes_GS90() {
        Page ada = enters(browser.page(), "ada");
        Page bob = enters(phone(), "bob");
        ada.fill("#room", "den");
        ada.press("#room", "Enter");
        assertThat(ada.locator("#here")).hasText("den");
        ada.getByLabel("Invite bob").click();
        assertThat(bob.locator("#question")).hasText("ada invites you to den. Do you come?");
        picture(bob, "rooms-phone");
        bob.keyboard().press("Escape");
        assertThat(ada.locator("#news")).hasText("bob said no.");
        ada.getByLabel("Invite bob").click();
        bob.getByText("Yes").click();
        assertThat(ada.locator("#news")).hasText("bob came.");
        assertThat(bob.locator("#here")).hasText("den");
        assertThat(bob.locator("#invitation")).isHidden();
        ada.fill("#text", "welcome, <b>bob</b>");
        ada.press("#text", "Enter");
        assertThat(bob.locator("#lines li")).hasText("ada welcome, <b>bob</b>");
        picture(ada, "rooms");
        picture(bob, "rooms-inside-phone");
        bob.close();
        assertThat(ada.locator("#people li")).hasText(new String[] {"ada (you)"});
        assertThat(browser.complaints()).isEmpty();
    }

    private static Page enters(Page page, String name) {
        opens(page, "rooms.html").fill("#name", name);
        page.press("#name", "Enter");
        assertThat(page.locator("#inside")).isVisible();
        return page;
    }

    private static void plays(Page x, Page o, int... cells) {
        IntStream.range(0, cells.length).forEach(turn -> {
            Page page = turn % 2 == 0 ? x : o;
            assertThat(page.locator("#verdict")).containsText("Your turn");
            page.locator("#board button").nth(cells[turn]).click();
            Arrays.asList(x, o)
                    .forEach(each -> assertThat(each.locator("#board button").nth(cells[turn]))
                            .hasText(turn % 2 == 0 ? "X" : "O"));
        });
    }

    @Test
    void two_play_tic_tac_toe_GS90() {
        Page ada = opens(browser.page(), "tictactoe.html");
        assertThat(ada.locator("#verdict")).containsText("Waiting for somebody");
        Page bob = phone();
        bob.navigate(ada.inputValue("#link"));
        assertThat(ada.locator("#verdict")).hasText("Your turn. You are X.");
        bob.locator("#board button").first().press("Enter");
        assertThat(bob.locator("#refusal")).hasText("No: it is the turn of X.");
        plays(ada, bob, 0, 3, 1, 4, 2);
        assertThat(ada.locator("#verdict")).hasText("You win!");
        assertThat(bob.locator("#verdict")).hasText("X wins. You are O.");
        picture(ada, "tictactoe");
        picture(bob, "tictactoe-phone");
        bob.click("#again");
        plays(bob, ada, 0, 1, 2, 4, 3, 5, 7, 6, 8);
        assertThat(bob.locator("#verdict")).hasText("A draw. You are X.");
        ada.click("#again");
        assertThat(ada.locator("#verdict")).hasText("Your turn. You are X.");
        bob.close();
        assertThat(ada.locator("#verdict")).hasText("O went away. You are X.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_is_in_the_guestbook_is_there_after_a_restart_GS92() {
        Page ada = opens(browser.page(), "guestbook.html");
        Page bob = opens(phone(), "guestbook.html");
        ada.fill("#name", "ada");
        ada.fill("#text", "it was <i>nice</i> here");
        ada.press("#text", "Enter");
        assertThat(bob.locator("#entries li")).containsText("it was <i>nice</i> here");
        assertThat(browser.complaints()).isEmpty();
        int port = server.port();
        server.kill();
        server = Server.with().jvm("-Dpocket.demo.dir=" + directory).on(port).start();
        isOpen(ada);
        Page eve = opens(browser.page(), "guestbook.html");
        assertThat(eve.locator("#entries li")).hasCount(1);
        assertThat(ada.locator("#entries li")).hasCount(1);
        picture(eve, "guestbook");
        picture(bob, "guestbook-phone");
    }

    @Test
    void one_page_talks_to_two_servers_at_once_and_overflows_to_the_next_PS72_PS73() {
        Server second = Server.with().start();
        try {
            String both = "127.0.0.1:" + server.port() + ",127.0.0.1:" + second.port();
            Page ada = opens(browser.page(), "broadcast.html?servers=" + both);
            Page bob = opens(phone(), "broadcast.html?servers=" + both);
            assertThat(ada.locator("#all")).hasText("All 2 servers are there.");
            assertThat(bob.locator("#state")).hasText("2 of 2 connected");
            ada.fill("#text", "to <i>all</i>");
            ada.press("#text", "Enter");
            assertThat(ada.locator("#lanes li").getByText("took it")).hasCount(2);
            assertThat(bob.locator("#lanes li").getByText("heard to <i>all</i>"))
                    .hasCount(2);
            picture(ada, "broadcast");
            picture(bob, "broadcast-phone");
            ada.check("[value=overflow]");
            ada.click("#connect");
            assertThat(ada.locator("#state")).hasText("1 of 1 connected");
            assertThat(browser.complaints()).isEmpty();
            int port = second.port();
            second.kill();
            assertThat(bob.locator("#lanes [data-state=closed], #lanes [data-state=connecting]"))
                    .hasCount(1);
            ada.fill("#text", "to one");
            ada.press("#text", "Enter");
            assertThat(bob.locator("#lanes li").getByText("heard to one")).hasCount(1);
            second = Server.with().on(port).start();
            assertThat(bob.locator("#lanes [data-state=open]")).hasCount(2, new HasCountOptions().setTimeout(30_000));
        } finally {
            second.close();
        }
    }

    @Test
    void the_start_page_leads_to_every_demo() throws IOException {
        Page page = browser.page();
        page.navigate(server.uri("/").toString());
        List<?> links = (List<?>) page.locator("#demos a").evaluateAll("all => all.map(a => a.getAttribute('href'))");
        try (Stream<Path> files = Files.list(Path.of("webapp-client/demo"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".html")))
                    .extracting(file -> "demo/" + file.getFileName())
                    .containsExactlyInAnyOrderElementsOf(
                            links.stream().map(String::valueOf).toList());
        }
        for (Object link : links) {
            assertThat(page.request().get(server.uri("/" + link).toString()).status())
                    .as("%s", link)
                    .isEqualTo(200);
        }
        picture(page, "start");
        Page phone = phone();
        phone.navigate(server.uri("/").toString());
        picture(phone, "start-phone");
        assertThat(browser.complaints()).isEmpty();
    }
}
