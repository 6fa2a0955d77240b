package org.pocketsocket.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Eventually;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;

/** The administrator's page as a browser shows it, metrics, health, and tokens: the packaged jar. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminIT {

    private static final String SECRET = "correct horse battery";
    private static final String SIGNING = "0123456789012345678901234567890123456789";

    private static Server server;
    private static String bobsToken;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = Server.with()
                .jvm("-Dpocket.admin.secret=" + SECRET, "-Dpocket.tokens.secret=" + SIGNING)
                .start();
        bobsToken = org.pocketsocket.security.Mint.withSecret(
                        org.pocketsocket.settings.Settings.of(java.util.Map.of("pocket.tokens.secret", SIGNING))
                                .tokens())
                .token(java.util.Map.of("sub", "bob"), java.time.Instant.now(), Duration.ofHours(1));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> signIn(String secret, String... headers) throws Exception {
        return post("/admin/sign_in", "password=" + URLEncoder.encode(secret, StandardCharsets.UTF_8), headers);
    }

    private static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a picture, and looks whether anything is wider than the window. */
    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/admin-" + name + ".png")));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(name)
                .isEqualTo(true);
    }

    /** Three points or more. The page lets nobody evaluate texts: no function to wait for. */
    private static void plots(Page page) {
        assertThat(page.locator("#plot")).hasAttribute("data-points", java.util.regex.Pattern.compile("[3-9]|\\d\\d"));
    }

    private static Page signedIn(Page page) {
        page.navigate(server.uri("/admin").toString());
        page.fill("#password", SECRET);
        page.press("#password", "Enter");
        assertThat(page.locator("#state"))
                .hasAttribute("data-state", "open", new HasAttributeOptions().setTimeout(30_000));
        return page;
    }

    @Test
    @Order(1)
    @DisplayName("CS-70, CS-71: sign in, look, publish, tail, kick, sign out")
    void an_administrator_looks_after_a_chat() {
        try (Browser browser = Browser.start();
                Talker ada = Talker.to(server.webSocket("/pocket"));
                Talker bob = Talker.to(server.webSocket("/pocket/direct"), "Authorization", "Bearer " + bobsToken)) {
            Page door = browser.page(360, 640);
            door.navigate(server.uri("/admin").toString());
            picture(door, "door-phone");
            Page page = signedIn(browser.page(1280, 900));
            assertThat(page.locator("[data-of=connections]")).hasText("3");
            assertThat(page.locator("[data-of=users]")).hasText("2");
            assertThat(page.locator("#who-rows th")).containsText(new String[] {"(nobody)"});
            ada.asks("chat.enter", "{\"name\":\"ada\"}");
            bob.asks("chat.enter", "{\"name\":\"bob\"}");
            assertThat(page.getByLabel("Tail chat")).isVisible();
            page.getByLabel("Tail chat").click();
            assertThat(page.locator("#tailed")).hasText("What chat sends:");
            page.getByLabel("Publish to chat").click();
            page.fill("#publish [name=event]", "notice");
            page.fill("#publish [name=data]", "{\"text\": \"tea is <b>ready</b>\"}");
            page.click("#publish button");
            ada.awaits("\"message\":\"chat.notice\"");
            assertThat(bob.awaits("\"message\":\"chat.notice\"")).contains("tea is <b>ready</b>");
            assertThat(page.locator("#seen")).containsText("tea is <b>ready</b>");
            page.fill("#publish [name=data]", "{tea");
            page.click("#publish button");
            assertThat(page.locator("#published")).hasText("The data is not JSON.");
            page.fill("#publish [name=data]", "{}");
            page.fill("#publish [name=channel]", "nowhere");
            page.click("#publish button");
            assertThat(page.locator("#published")).containsText("nowhere");
            page.fill("#who-search", "bob");
            assertThat(page.locator("#who-rows tr")).hasCount(1);
            page.getByLabel("Kick bob on all devices").click();
            page.fill("#reason", "enough");
            page.check("#revoke");
            picture(page, "sure");
            page.click("#sure .bad");
            assertThat(bob.awaitsClose()).isEqualTo(4001);
            assertThat(page.locator("#who-none")).isVisible();
            page.fill("#who-search", "chat");
            page.getByText("Disconnect", new Page.GetByTextOptions().setExact(true))
                    .click();
            page.click("#sure .bad");
            assertThat(ada.awaitsClose()).isEqualTo(4001);
            assertThat(page.locator("#codes")).containsText("4001 ended: 2 (2 since the start)");
            page.fill("#who-search", "");
            plots(page);
            try (Talker eve = Talker.to(server.webSocket("/pocket"));
                    Talker ann = Talker.to(server.webSocket("/pocket"))) {
                eve.asks("chat.enter", "{\"name\":\"eve\"}");
                ann.asks("rooms.enter", "{\"name\":\"ann\"}");
                for (int i = 0; i < 300; i++) {
                    eve.says("{\"message\":\"chat.say\",\"data\":{\"text\":\"line " + i + "\"}}");
                }
                assertThat(page.locator("[data-of=connections]")).hasText("3");
                picture(page, "wide");
                Page phone = browser.page(360, 640);
                phone.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                signedIn(phone);
                plots(phone);
                picture(phone, "phone");
                phone.context().close();
            }
            page.getByText("Sign out").click();
            assertThat(page.locator("#password")).isVisible();
            page.navigate(server.uri("/admin/").toString());
            assertThat(page.locator("#password")).isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    @Order(2)
    void whose_token_was_revoked_is_not_let_in() throws Exception {
        HttpResponse<String> refused = get("/pocket/direct", "Authorization", "Bearer " + bobsToken);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        assertThat(refused.body()).contains("revoked");
        try (Talker bob = Talker.to(server.webSocket("/pocket"), "Authorization", "Bearer " + bobsToken)) {
            assertThat(bob.awaitsClose()).isEqualTo(4401);
        }
    }

    @Test
    @Order(3)
    void the_administrators_channel_is_for_passes_only() {
        try (Talker stranger = Talker.to(server.webSocket("/pocket"))) {
            assertThat(stranger.asks("socket.join", "{\"channel\":\"$admin\"}")).contains("\"code\":4401");
            assertThat(stranger.asks("$admin.look", "{}")).contains("\"code\":4401");
            assertThat(stranger.asks("socket.token", "{\"token\":\"pocket-admin.x.99999999999.x\"}"))
                    .contains("\"code\":4401");
        }
    }

    @Test
    @Order(4)
    void pages_of_others_can_neither_sign_in_nor_get_a_pass() throws Exception {
        assertThat(signIn(SECRET, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(signIn(SECRET, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        HttpResponse<String> in = signIn(SECRET);
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .contains("HttpOnly", "SameSite=Strict", "Path=/admin")
                .doesNotContain("Secure");
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(post("/admin/pass", "", "Cookie", pair).statusCode()).isEqualTo(200);
        assertThat(post("/admin/pass", "", "Cookie", pair, "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/admin/pass", "", "Cookie", pair + "x").statusCode()).isEqualTo(401);
        assertThat(signIn(SECRET, "X-Forwarded-Proto", "https").headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(value -> assertThat(value).endsWith("; Secure"));
        assertThat(post("/admin/sign_out", "", "Cookie", pair).statusCode()).isEqualTo(303);
        assertThat(post("/admin/pass", "", "Cookie", pair).statusCode())
                .as("signed out")
                .isEqualTo(401);
    }

    @Test
    @Order(5)
    @DisplayName("CS-70, CS-71: basic auth, admin.json, debug")
    void programs_show_the_secret_each_time() throws Exception {
        HttpResponse<String> refused = get("/admin/admin.json");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"channelstream\"");
        HttpResponse<String> numbers = get("/admin/admin.json", "Authorization", basic(SECRET));
        assertThat(numbers.body()).contains("\"total_connections\":", "\"uptime\":", "\"version\":\"1.");
        assertThat(post("/admin/admin.json", "", "Authorization", basic(SECRET)).body())
                .contains("\"total_messages\":");
        assertThat(get("/admin/debug", "Authorization", basic(SECRET)).body()).contains("pocket-lane-0");
        assertThat(get("/admin/", "Authorization", basic(SECRET)).body()).contains("Administration");
        assertThat(get("/admin/nothing", "Authorization", basic(SECRET)).statusCode())
                .isEqualTo(404);
        assertThat(get("/admin/index.html").statusCode()).isEqualTo(401);
        assertThat(get("/admin/admin.js").statusCode()).isEqualTo(401);
    }

    @Test
    @Order(6)
    void metrics_are_for_this_machine_and_for_who_knows_the_secret() throws Exception {
        try (Talker one = Talker.to(server.webSocket("/pocket"));
                Talker two = Talker.to(server.webSocket("/pocket/direct"))) {
            one.asks("chat.enter", "{\"name\":\"one\"}");
            two.asks("nowhere.at", "{}");
            HttpResponse<String> metrics = get("/metrics");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("version=0.0.4"));
            assertThat(metrics.body())
                    .contains(
                            "pocket_connections{transport=\"websocket\"} 1.0",
                            "pocket_connections{transport=\"direct\"} 1.0",
                            "pocket_subscriptions 1.0",
                            "pocket_channels ",
                            "pocket_users ",
                            "pocket_messages_received_total ",
                            "pocket_messages_sent_total ",
                            "pocket_bytes_sent_total ",
                            "pocket_commands_seconds_bucket{method=\"event\",le=\"0.001\"}",
                            "pocket_commands_seconds_count{method=\"relay\"}",
                            "pocket_broadcast_seconds_count ",
                            "pocket_disconnects_total{code=\"4001\"}",
                            "pocket_errors_total{code=\"4401\"}",
                            "pocket_queue_bytes_max ",
                            "pocket_slow_consumers_total{policy=\"close\"} 0.0",
                            "pocket_rate_limited_total 0.0")
                    .doesNotContain("chat", "bob");
        }
        assertThat(get("/metrics", "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(403);
        assertThat(get("/metrics", "X-Forwarded-For", "192.0.2.1", "Authorization", "Bearer " + SECRET)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(7)
    void health_says_up() throws Exception {
        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            assertThat(get(path).body()).as(path).contains("\"status\":\"UP\"", "\"name\":\"pocket\"");
        }
    }

    @Test
    @Order(9)
    void who_guesses_too_often_is_not_listened_to() throws Exception {
        HttpResponse<String> wrong = signIn("wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("That is not the secret.");
        for (int i = 0; i < 10; i++) {
            signIn("wrong " + i);
        }
        HttpResponse<String> right = signIn(SECRET);
        assertThat(right.statusCode()).as("not even with the right one").isEqualTo(429);
        assertThat(right.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(right.headers().firstValue("Set-Cookie")).isEmpty();
        try (Browser browser = Browser.start()) {
            Page page = browser.page();
            page.navigate(server.uri("/admin").toString());
            page.fill("#password", SECRET);
            page.press("#password", "Enter");
            assertThat(page.locator("#says")).hasText("Too many attempts. Try again in a minute.");
        }
    }

    @Test
    @Order(10)
    void neither_secret_nor_token_is_in_the_log() {
        assertThat(server.out()).noneMatch(line -> line.contains(SECRET) || line.contains(bobsToken));
        // of ours nothing; the container may complain of a page that left in the middle of a request
        assertThat(server.err())
                .noneMatch(line -> line.contains(SECRET) || line.contains(bobsToken) || line.contains("pocketsocket"))
                .allMatch(line -> line.matches("\\s+at .*|java\\.lang\\..*|.*org\\.glassfish\\.grizzly.*"
                        + "|.* jakarta\\.enterprise\\.web\\.core: An exception or error occurred in the container.*"));
    }

    @Test
    @Order(8)
    @DisplayName("without secrets /admin is closed; where a token is required nobody comes in without one")
    void closed_by_default_and_required_when_asked_for() throws IOException, InterruptedException {
        try (Server closed = Server.with("--verbose")
                .jvm("-Dpocket.tokens.secret=" + SIGNING, "-Dpocket.tokens.required=true", "-Dpocket.tokens.wait=3s")
                .start()) {
            URI uri = closed.uri("/admin/");
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            for (String door : List.of("/pocket", "/pocket/direct")) {
                try (Talker silent = Talker.to(closed.webSocket(door));
                        Talker rude = Talker.to(closed.webSocket(door));
                        Talker carrying = Talker.to(closed.webSocket(door), "Authorization", "Bearer " + bobsToken);
                        Talker showing = Talker.to(closed.webSocket(door))) {
                    rude.says("{\"message\":\"chat.enter\",\"data\":{}}");
                    assertThat(rude.awaitsClose()).isEqualTo(4401);
                    assertThat(carrying.asks("chat.enter", "{\"name\":\"bob\"}"))
                            .contains("\"sent\"");
                    assertThat(showing.asks("socket.token", "{\"token\":\"" + bobsToken + "\"}"))
                            .contains("\"sent\"");
                    assertThat(silent.awaitsClose()).isEqualTo(4401);
                    Eventually.eventually(
                            Duration.ofSeconds(5), () -> "", () -> !showing.asks("chat.enter", "{\"name\":\"sue\"}")
                                    .isEmpty());
                }
            }
            assertThat(closed.out()).noneMatch(line -> line.contains(bobsToken));
        }
    }
}
