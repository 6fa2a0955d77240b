package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Vitals;

/** The modern face in Chromium against the real server, while the network and the server do what they do. */
class ModernClientIT {

    private static final String[] NO_WEBSOCKETS = {"-Dpocket.standard.door=off", "-Dpocket.direct.door=off"};

    /** What each page does: it says lines, and notes what it hears, what it was told, and how it was. */
    private static final String SCRIPT = """
            window.visit = (name, options) => {
              const notes = window.notes = {heard: [], acked: [], failed: [], gaps: 0, states: []};
              window.link = pocket('/', options);
              window.chat = link.channel('chat');
              link.on('state', ({state}) => notes.states.push(state));
              chat.on('gap', () => notes.gaps++);
              chat.on('error', () => {});
              chat.on('said', ({text}) => notes.heard.push(text));
              chat.on('join', () => chat.ask('enter', {name}).catch(() => {}));
              window.say = (text) => chat.ask('say', {text}, {timeout: 60000})
                .then(() => notes.acked.push(text), ({code}) => notes.failed.push(text + ' ' + code));
            };
            """;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
    }

    @AfterEach
    void shut() {
        browser.close();
    }

    private Page visit(Server server, String name, String options) {
        Page page = browser.page();
        page.navigate(server.uri("/demo/pocket.svg").toString());
        page.navigate(server.uri("/pocket.socket.d.ts").toString());
        page.setContent("<!doctype html><title>modern</title><body>");
        page.addScriptTag(new Page.AddScriptTagOptions()
                .setUrl(server.uri("/pocket.socket.js").toString()));
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(SCRIPT));
        page.evaluate("visit('" + name + "', " + options + ")");
        page.waitForFunction("link.state === 'open' && chat.state === 'joined'");
        return page;
    }

    private static void waitFor(Page page, String condition) {
        page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setTimeout(60_000));
    }

    private static List<?> list(Page page, String of) {
        return (List<?>) page.evaluate("notes." + of);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "standard", "poll", "events"})
    void talks_over_every_transport(String transport) {
        try (Server server = Server.with().start()) {
            Page ada = visit(server, "ada", "{transports: ['" + transport + "']}");
            Page bob = visit(server, "bob", "{}");
            assertThat(bob.evaluate("link.stats().transport")).isEqualTo("direct");
            assertThat(ada.evaluate("link.stats().transport")).isEqualTo(transport);
            assertThat(ada.evaluate("chat.ask('say', {text: 'grüße 🌍'}).then(({at}) => at > 0)"))
                    .isEqualTo(true);
            waitFor(bob, "notes.heard.length === 1");
            IntStream.range(0, 50).forEach(i -> bob.evaluate("void say('no " + i + "')"));
            waitFor(ada, "notes.heard.length === 50");
            assertThat(list(ada, "heard"))
                    .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "no " + i).toList());
            assertThat((String) ada.evaluate("chat.ask('nope').catch(({code, error}) => code + error)"))
                    .isEqualTo("4404no_such_method");
            ada.evaluate("link.close()");
            assertThat(ada.evaluate("link.state")).isEqualTo("closed");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_server_that_dies_five_times_makes_nobody_hear_twice_and_everybody_hear_of_the_gap(boolean webSockets) {
        String[] settings = webSockets ? new String[0] : NO_WEBSOCKETS;
        Server server = Server.with().jvm(settings).start();
        try {
            Page ada = visit(server, "ada", "{}");
            Page bob = visit(server, "bob", "{}");
            assertThat(ada.evaluate("link.stats().transport")).isEqualTo(webSockets ? "direct" : "poll");
            for (int round = 0; round < 5; round++) {
                IntStream.range(0, 3).forEach(i -> ada.evaluate("void say('" + i + "-' + performance.now())"));
                int port = server.port();
                server.kill();
                waitFor(bob, "link.state === 'recovering'");
                ada.evaluate("void say('away " + round + "')");
                server = Server.with().jvm(settings).on(port).start();
                for (Page page : List.of(ada, bob)) {
                    page.evaluate("link.connect()");
                    waitFor(page, "link.state === 'open' && chat.state === 'joined'");
                }
                waitFor(ada, "notes.acked.includes('away " + round + "') || notes.failed.length > " + 3 * round);
            }
            waitFor(ada, "notes.acked.length + notes.failed.length === 20");
            List<Object> heard = new ArrayList<>(list(bob, "heard"));
            assertThat(heard).doesNotHaveDuplicates();
            List<Object> acked = new ArrayList<>(list(ada, "acked"));
            acked.retainAll(heard);
            assertThat(heard).as("in order, and nothing that was not said").containsSubsequence(acked);
            assertThat(bob.evaluate("notes.gaps")).isEqualTo(5);
            assertThat(list(bob, "states").stream().filter("recovering"::equals))
                    .hasSizeGreaterThanOrEqualTo(5);
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_said_offline_goes_out_once_when_the_page_is_online_again(boolean webSockets) {
        try (Server server =
                Server.with().jvm(webSockets ? new String[0] : NO_WEBSOCKETS).start()) {
            Page ada = visit(server, "ada", "{}");
            Page bob = visit(server, "bob", "{}");
            ada.context().setOffline(true);
            waitFor(ada, "link.state === 'recovering'");
            List<String> lines =
                    IntStream.range(0, 10).mapToObj(i -> "offline " + i).toList();
            lines.forEach(line -> ada.evaluate("void say('" + line + "')"));
            ada.waitForTimeout(3000);
            assertThat(ada.evaluate("link.state")).isEqualTo("recovering");
            ada.context().setOffline(false);
            waitFor(bob, "notes.heard.length === 10");
            waitFor(ada, "notes.acked.length === 10");
            assertThat(list(bob, "heard")).isEqualTo(lines);
        }
    }

    /** As many as {@code pocket.reconnects} says; 1,000 if it says nothing. */
    @Test
    void many_reconnects_leave_nothing_in_the_page_nor_on_the_server() {
        int count = Integer.getInteger("pocket.reconnects", 1000);
        try (Server server = Server.with().start()) {
            Page page = browser.page();
            page.navigate(server.uri("/pocket.socket.d.ts").toString());
            page.setContent("<!doctype html><title>modern</title><body>");
            page.evaluate("() => { const Native = WebSocket; window.WebSocket = class extends Native {"
                    + "constructor(url) { super(url); window.wire = this; } }; }");
            page.addScriptTag(new Page.AddScriptTagOptions()
                    .setUrl(server.uri("/pocket.socket.js").toString()));
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(SCRIPT));
            page.evaluate("visit('ada', {})");
            waitFor(page, "chat.state === 'joined'");
            page.evaluate("link.on('state', ({state}) => state === 'recovering' && link.connect())");
            reconnect(page, count / 5);
            long before = heap(page);
            Vitals vitals = Vitals.of(server);
            long serverBefore = vitals.heap();
            reconnect(page, count);
            assertThat(heap(page) - before).as("bytes in the page").isLessThan(1 << 20);
            assertThat(vitals.heap() - serverBefore).as("bytes on the server").isLessThan(4 << 20);
            assertThat(vitals.instances("org.pocketsocket.hub.Peer")).isLessThan(20);
        }
    }

    private static void reconnect(Page page, int times) {
        page.evaluate("""
                async (times) => {
                  const until = link.stats().reconnects + times;
                  const done = new Promise((end) => {
                    const undo = chat.on('join', () => {
                      if (link.stats().reconnects < until) return void setTimeout(() => wire.close(4000));
                      undo();
                      end();
                    });
                  });
                  wire.close(4000);
                  await done;
                }
                """, times);
    }

    private static long heap(Page page) {
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("HeapProfiler.collectGarbage");
        JsonObject usage = devtools.send("Runtime.getHeapUsage");
        return usage.get("usedSize").getAsLong();
    }
}
