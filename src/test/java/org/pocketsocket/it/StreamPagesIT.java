package org.pocketsocket.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** Channelstream's demo, and the page to try its API, as people use them: CS-33, CS-80. */
class StreamPagesIT {

    private static Server server;
    private Browser browser;

    @BeforeAll
    static void start() {
        server = Shared.FIXTURE.server();
    }

    @BeforeEach
    void open() {
        browser = Browser.start();
    }

    @AfterEach
    void shut() {
        browser.close();
    }

    private static Page demo(Page page) {
        page.navigate(server.uri("/demo/stream.html").toString());
        assertThat(page.locator("#state"))
                .hasAttribute("data-state", "open", new HasAttributeOptions().setTimeout(30_000));
        return page;
    }

    private static void says(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    @Test
    void two_pages_hear_each_other_in_the_channels_they_are_in_CS_80() {
        Page ada = demo(browser.page());
        Page bob = demo(browser.page(360, 640));
        assertThat(ada.locator("#me")).hasText(Pattern.compile("anon_[1-9][0-9]{0,5}"));
        assertThat(ada.locator("#lines")).containsText(bob.locator("#me").innerText() + " joined");
        says(ada, "hello");
        assertThat(bob.locator("#lines"))
                .containsText("pub_chan · " + ada.locator("#me").innerText() + ": hello");
        ada.click("#subscribe");
        ada.check("input[value=notify]");
        says(ada, "only for those who want it");
        assertThat(ada.locator("#lines")).containsText("only for those who want it");
        for (int i = 0; i < 12; i++) {
            says(ada, "line " + i);
            assertThat(ada.locator("#lines")).containsText("line " + i);
        }
        assertThat(ada.locator("#lines li")).hasCount(10);
        assertThat(bob.locator("#lines")).not().containsText("only for those");
        assertThat(bob.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        bob.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/screenshots/demo-stream.png")));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void calls_can_be_tried_on_a_page_CS_33() {
        Page page = browser.page();
        page.navigate(server.uri("/api-explorer").toString());
        page.fill("#secret", Shared.SECRET);
        Locator call = page.locator("details").filter(new Locator.FilterOptions().setHasText("/info"));
        call.locator("summary").click();
        call.locator("button").click();
        assertThat(call.locator("output")).containsText("200");
        assertThat(call.locator("pre")).containsText("\"channels\"");
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/screenshots/api-explorer.png")));
        assertThat(browser.complaints()).isEmpty();
    }
}
