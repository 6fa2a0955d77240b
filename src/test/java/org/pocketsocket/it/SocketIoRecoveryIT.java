package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.NodePackages;
import org.pocketsocket.test.Server;

/** Connection state recovery, as socket.io-client 4 knows it, in a browser. */
class SocketIoRecoveryIT {

    private static final int MANY = 200;

    private static Server server;

    private final Browser browser = Browser.start();
    private Page page;

    @BeforeAll
    static void start() {
        server = Server.with("--channels", "target/pocketsocket-fixture.jar")
                .jvm("-Dpocket.socketio.recovery=on")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        page = browser.page();
        page.navigate(server.uri("/health/live").toString());
        page.addScriptTag(
                new Page.AddScriptTagOptions().setContent(NodePackages.text("socket.io-client/dist/socket.io.js")));
    }

    @AfterEach
    void close() {
        browser.close();
    }

    /** Ada listens in a room; Bob speaks there; each of her connections is written down. */
    private void meet(String transport) {
        page.evaluate("""
                async (transport) => {
                  const options = {transports: [transport], forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50}
                  window.heard = []
                  window.recovered = []
                  window.ids = new Set()
                  window.ada = io('/', options)
                  ada.on('connect', () => { recovered.push(ada.recovered); ids.add(ada.id) })
                  ada.on('news', (number, offset) => heard.push(offset ? number : 'no offset'))
                  window.bob = io('/', {...options, transports: ['websocket']})
                  await ada.emitWithAck('join', 'lobby')
                  await bob.emitWithAck('join', 'lobby')
                  window.say = (number) => bob.emit('room-all', 'lobby', 'news', number)
                }
                """, transport);
    }

    private static List<Integer> to(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void a_client_whose_websocket_is_cut_again_and_again_misses_nothing() {
        meet("websocket");
        page.evaluate("""
                async (many) => {
                  for (let i = 0; i < many; i++) {
                    say(i)
                    if (i % 40 === 20) {
                      const back = new Promise((resolve) => ada.once('connect', resolve))
                      ada.io.engine.close()
                      say(++i)
                      await back
                    }
                  }
                }
                """, MANY);
        page.waitForFunction("heard.length >= " + MANY);
        assertThat(page.evaluate("heard")).isEqualTo(to(MANY));
        assertThat(page.evaluate("recovered")).isEqualTo(List.of(false, true, true, true, true, true));
        assertThat(page.evaluate("ids.size")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void who_was_offline_gets_what_was_said_meanwhile(String transport) throws IOException {
        meet(transport);
        page.evaluate("say(0)");
        page.waitForFunction("heard.length === 1");
        page.evaluate("bob.disconnect(), ada.io.engine.on('close', () => { window.lost = true })");
        try (Browser other = Browser.start()) {
            Page bobs = other.page();
            bobs.navigate(server.uri("/health/live").toString());
            bobs.addScriptTag(
                    new Page.AddScriptTagOptions().setContent(NodePackages.text("socket.io-client/dist/socket.io.js")));
            page.context().setOffline(true);
            page.evaluate("transport => transport === 'websocket' && ada.io.engine.close()", transport);
            bobs.evaluate("window.bob = io('/', {transports: ['websocket']})");
            bobs.evaluate("bob.emitWithAck('room-all', 'lobby', 'news', 1)");
            page.waitForFunction("window.lost");
            bobs.evaluate("bob.emitWithAck('room-all', 'lobby', 'news', 2)");
            page.context().setOffline(false);
            page.waitForFunction("heard.length >= 3");
        }
        assertThat(page.evaluate("heard")).isEqualTo(to(3));
        assertThat(page.evaluate("recovered")).isEqualTo(List.of(false, true));
    }
}
