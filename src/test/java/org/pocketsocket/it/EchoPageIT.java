package org.pocketsocket.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;

/** The echo console, PS-25. */
class EchoPageIT {

    @Test
    void logsWhatWasSentAndWhatCameBack_PS25() {
        try (Server server = Server.with("-e").start();
                Browser browser = Browser.start()) {
            Page page = browser.page();
            page.navigate(server.uri("/demo/echo.html").toString());
            page.click("#connect");
            assertThat(page.locator("#log li span").first()).hasText("connected");
            page.click("#send");
            assertThat(page.getByText("sent: Hello World!")).isVisible();
            assertThat(page.getByText("response: Hello World!")).isVisible();
            assertThat(page.getByText(Pattern.compile("response: .*\"attr\":\"string\",\"messageId\":12")))
                    .isVisible();
            page.click("#disconnect");
            assertThat(page.getByText("disconnected")).isVisible();
            page.click("#clear");
            assertThat(page.locator("#log li")).hasCount(0);
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
