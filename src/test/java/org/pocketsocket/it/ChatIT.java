package org.pocketsocket.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.test.Eventually.eventually;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;

/** The chat, as people use it: two browsers, the packaged jar. */
class ChatIT {

    private static Server server;
    private Browser browser;

    @BeforeAll
    static void start() {
        server = Server.with().start();
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

    private Page enters(Page page, String name) {
        page.navigate(server.uri("/demo/chat.html?name=" + name).toString());
        isOpen(page);
        return page;
    }

    private static void isOpen(Page page) {
        assertThat(page.locator("#state"))
                .hasAttribute("data-state", "open", new HasAttributeOptions().setTimeout(30_000));
    }

    private static void says(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    @Test
    void twoPeopleChat() {
        Page ada = enters(browser.page(), "ada");
        Page bob = enters(browser.page(360, 640), "bob");
        assertThat(ada.locator("#people li")).hasText(new String[] {"ada", "bob"});
        says(ada, "hello, <b>bob</b> 🌍");
        assertThat(bob.locator("#messages [data-from=ada] .text")).hasText("hello, <b>bob</b> 🌍");
        assertThat(ada.locator("#messages [data-from=ada][data-state=sent]")).hasCount(1);
        says(bob, "hello, ada");
        assertThat(ada.locator("#messages [data-from=bob] .text")).hasText("hello, ada");
        ada.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/chat-wide.png")));
        bob.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/chat-phone.png")));
        bob.close();
        assertThat(ada.locator("#people li")).hasText(new String[] {"ada"});
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void bothComeBackByThemselvesWhenTheServerWasRestarted() {
        Page ada = enters(browser.page(), "ada2");
        Page bob = enters(browser.page(), "bob2");
        int port = server.port();
        server.kill();
        assertThat(ada.locator("#state")).not().hasAttribute("data-state", "open");
        server = Server.with().on(port).start();
        isOpen(ada);
        isOpen(bob);
        Locator heard = bob.locator("#messages [data-from=ada2] .text");
        eventually(
                Duration.ofSeconds(20),
                () -> "not back in the room: " + ada.innerText("body") + "\n---\n" + bob.innerText("body"),
                () -> { // what is said before that is lost
                    says(ada, "are you there?");
                    return heard.count() > 0;
                });
        assertThat(heard.first()).hasText("are you there?");
    }
}
