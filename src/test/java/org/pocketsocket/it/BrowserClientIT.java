package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Eventually;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;
import org.pocketsocket.test.Vitals;

/** The modern face in Chromium against the real server, while the network and the server do what they do. */
class BrowserClientIT {

    private static final double PATIENCE = 60_000;
    private static final List<String> NO_WEBSOCKETS = List.of("-Dpocket.standard.door=off", "-Dpocket.direct.door=off");

    /** What each page does: it says lines, and notes what it hears, what it was told, and how it was. */
    private static final String SCRIPT = """
            window.visit = (name, options) => {
              const notes = window.notes = {in: 0, heard: [], acked: [], failed: [], gaps: 0, states: []};
              window.link = pocket('/', options);
              window.chat = link.channel('chat');
              link.on('state', ({state}) => notes.states.push(state));
              notes.trail = [];
              link.on('frame', ({out, text}) => {
                if (notes.trail.push((out ? '> ' : '< ') + text.slice(0, 90)) > 12) notes.trail.shift();
              });
              chat.on('gap', ({room}) => { if (room === 'lobby') notes.gaps++; });
              chat.on('error', () => {});
              chat.on('said', (line) => { if (line.name !== name) notes.heard.push(line.text); });
              chat.on('join', () => chat.ask('enter', {name})
                .then(() => chat.history({room: 'lobby', limit: 1}))
                .then(() => notes.in++, () => {}));
              window.say = (text) => chat.ask('say', {text}, {timeout: 60000})
                .then(() => notes.acked.push(text), ({code}) => notes.failed.push(text + ' ' + code));
            };
            """;

    @TempDir
    private Path directory;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
    }

    @AfterEach
    void shut() {
        browser.close();
    }

    private static Server.Plan server(boolean webSockets, String... more) {
        List<String> settings = webSockets ? List.of() : NO_WEBSOCKETS;
        return Server.with()
                .jvm(Stream.concat(settings.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private Page blank(Server server) {
        Page page = browser.page();
        page.navigate(server.uri("/pocket.socket.d.ts").toString());
        page.setContent("<!doctype html><title>modern</title><body>");
        return page;
    }

    private static void load(Page page, Server server) {
        page.addScriptTag(new Page.AddScriptTagOptions()
                .setUrl(server.uri("/pocket.socket.js").toString()));
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(SCRIPT));
    }

    private Page visit(Server server, String name, String options) {
        Page page = blank(server);
        load(page, server);
        page.evaluate("visit('" + name + "', " + options + ")");
        waitFor(page, "notes.in === 1");
        return page;
    }

    private static void waitFor(Page page, String condition) {
        try {
            page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
        } catch (com.microsoft.playwright.TimeoutError e) {
            throw new AssertionError(
                    condition + ": "
                            + page.evaluate(
                                    "JSON.stringify([link.state, chat.state, link.stats(), window.wire?.readyState, notes])"),
                    e);
        }
    }

    private static List<?> list(Page page, String of) {
        return (List<?>) page.evaluate("notes." + of);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "standard", "poll", "events"})
    void talks_over_every_transport(String transport) {
        Server server = Shared.PLAIN.server();
        Page ada = visit(server, "ada" + transport, "{transports: ['" + transport + "']}");
        Page bob = visit(server, "bob" + transport, "{}");
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

    @ParameterizedTest
    @CsvSource({"true, file, 5", "true, memory, 1", "false, file, 1"})
    void a_server_that_dies_again_and_again_loses_nothing_that_it_took_or_tells_of_the_gap(
            boolean sockets, String store, int rounds) {
        Server.Plan plan = server(
                sockets, "-Dpocket.history.store=" + store, "-Dpocket.history.file=" + directory.resolve("history"));
        Server server = plan.start();
        try {
            Page ada = visit(server, "ada", "{}");
            Page bob = visit(server, "bob", "{}");
            assertThat(ada.evaluate("link.stats().transport")).isEqualTo(sockets ? "direct" : "poll");
            for (int round = 1; round <= rounds; round++) {
                say(ada, round, "early", "late");
                waitFor(ada, "notes.acked.length + notes.failed.length >= " + (4 * round - 2));
                say(ada, round, "last");
                server.kill();
                waitFor(ada, "link.state === 'recovering'");
                waitFor(bob, "link.state === 'recovering'");
                say(ada, round, "away");
                server = plan.on(server.port()).start();
                for (Page page : List.of(ada, bob)) {
                    page.evaluate("link.connect()");
                    waitFor(page, "link.state === 'open' && notes.in === " + (round + 1));
                }
                waitFor(ada, "notes.acked.length + notes.failed.length === " + 4 * round);
            }
            checkWhatWasHeard(ada, bob, store.equals("file"), rounds);
        } finally {
            server.close();
        }
    }

    private static void say(Page page, int round, String... texts) {
        for (String text : texts) {
            page.evaluate("void say('" + round + " " + text + "')");
        }
    }

    private static void checkWhatWasHeard(Page ada, Page bob, boolean isKept, int rounds) {
        ada.evaluate("void say('the end')"); // what was said before bob was back is lost, without a history to read
        waitFor(bob, "notes.heard.at(-1) === 'the end'");
        waitFor(ada, "notes.acked.at(-1) === 'the end'");
        List<Object> heard = new ArrayList<>(list(bob, "heard"));
        List<Object> acked = new ArrayList<>(list(ada, "acked"));
        List<String> said = IntStream.rangeClosed(1, rounds)
                .boxed()
                .flatMap(round -> Stream.of("early", "late", "last", "away").map(text -> round + " " + text))
                .collect(Collectors.toCollection(ArrayList::new));
        said.add("the end");
        assertThat(heard).as("each once").doesNotHaveDuplicates();
        assertThat(said).as("in order").containsSubsequence(heard.toArray(String[]::new));
        assertThat(said).as("acknowledged in order").containsSubsequence(acked.toArray(String[]::new));
        assertThat(acked).as("what was said while away").contains("1 away", rounds + " away");
        if (isKept) {
            assertThat(heard).as("nothing lost that was acknowledged").containsAll(acked);
        }
        assertThat(bob.evaluate("notes.gaps")).as("gaps").isEqualTo(isKept ? 0 : rounds);
        assertThat((List<?>) bob.evaluate("notes.states.filter((state, at, all) => state !== all[at - 1])"))
                .as("states, some with several reasons")
                .filteredOn("recovering"::equals)
                .hasSize(rounds);
        assertThat(bob.evaluate("link.stats().reconnects")).isEqualTo(rounds);
    }

    /** For {@code pocket.offline} seconds, 3 if it says nothing: as long as the server waits for it, or longer. */
    @Test
    void what_is_said_offline_goes_out_once_when_the_page_is_online_again() {
        try (Server impatient = server(true, "-Dpocket.grace.time=1s").start()) {
            for (Server server : List.of(Shared.PLAIN.server(), impatient)) {
                goesOfflineAndBack(server, "direct");
                goesOfflineAndBack(server, "poll");
            }
        }
    }

    private void goesOfflineAndBack(Server server, String transport) {
        Page ada = visit(server, "ada", "{transports: ['" + transport + "']}");
        Page bob = visit(server, "bob", "{transports: ['" + transport + "']}");
        ada.context().setOffline(true);
        waitFor(ada, "link.state === 'recovering'");
        List<String> lines =
                IntStream.range(0, 10).mapToObj(i -> "offline " + i).toList();
        lines.forEach(line -> ada.evaluate("void say('" + line + "')"));
        ada.waitForTimeout(1000 * Integer.getInteger("pocket.offline", 3));
        assertThat(ada.evaluate("link.state")).isEqualTo("recovering");
        ada.context().setOffline(false);
        waitFor(ada, "notes.acked.length === 10");
        waitFor(bob, "notes.heard.length === 10");
        assertThat(list(bob, "heard")).isEqualTo(lines);
        ada.evaluate("link.close()");
        bob.evaluate("link.close()");
    }

    /** As many as {@code pocket.reconnects} says; 200 if it says nothing. */
    @Test
    void many_reconnects_leave_nothing_in_the_page_nor_on_the_server() {
        int count = Integer.getInteger("pocket.reconnects", 200);
        // Timers remember a peer for one interval.
        try (Server server = Server.with().jvm("-Dpocket.heartbeat.interval=2s").start()) {
            Page page = blank(server);
            page.evaluate("() => { const Native = WebSocket; window.WebSocket = class extends Native {"
                    + "constructor(url) { super(url); window.wire = this; } }; }");
            load(page, server);
            page.evaluate("visit('ada', {})");
            waitFor(page, "notes.in === 1");
            // void: a function that an expression gives is called, and that is the undo
            page.evaluate("void link.on('state', ({state}) => state === 'recovering' && link.connect())");
            reconnect(page, count / 5);
            long before = heap(page);
            Vitals vitals = Vitals.of(server);
            forgets(vitals);
            long serverBefore = vitals.heap();
            reconnect(page, count);
            assertThat(heap(page) - before).as("bytes in the page").isLessThan(1 << 20);
            forgets(vitals);
            assertThat(vitals.heap() - serverBefore).as("bytes on the server").isLessThan(4 << 20);
        }
    }

    private static void forgets(Vitals vitals) {
        Eventually.eventually(
                Duration.ofSeconds(30), vitals::toString, () -> vitals.instances("org.pocketsocket.hub.Peer") < 40);
    }

    /** In turns of at most 100, each with a deadline: what hangs says where. */
    private static void reconnect(Page page, int times) {
        for (int left = times; left > 0; left -= 100) {
            page.evaluate("(times) => { window.until = link.stats().reconnects + times; }", Math.min(100, left));
            page.evaluate("""
                    () => {
                      window.turns ??= chat.on('join', () => setTimeout(() => {
                        if (link.stats().reconnects < until) wire.close(4000);
                      }));
                      wire.close(4000);
                    }
                    """);
            waitFor(page, "link.stats().reconnects >= until && chat.state === 'joined'");
            page.evaluate("notes.states.length = 0");
        }
    }

    private static long heap(Page page) {
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("HeapProfiler.collectGarbage");
        JsonObject usage = devtools.send("Runtime.getHeapUsage");
        devtools.detach();
        return usage.get("usedSize").getAsLong();
    }
}
