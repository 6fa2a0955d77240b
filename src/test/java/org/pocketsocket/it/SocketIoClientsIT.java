package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.NodePackages;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** The official Socket.IO clients, talking to the fixture's channels in the packaged server. */
class SocketIoClientsIT {

    private static final String TWO = "socket.io-client-2/dist/socket.io.js";
    private static final String FOUR = "socket.io-client/dist/socket.io.js";

    private static Server server;

    @BeforeAll
    static void start() {
        server = Shared.FIXTURE.server();
    }

    @ParameterizedTest
    @CsvSource({
        "4, websocket, websocket",
        "4, polling, polling",
        "4, 'polling,websocket', websocket",
        "2, websocket, websocket",
        "2, polling, polling",
        "2, 'polling,websocket', websocket"
    })
    void a_page_finds_everything_in_its_place(int version, String transports, String used) throws IOException {
        try (Browser browser = Browser.start()) {
            Page page = browser.page();
            page.navigate(server.uri("/health/live").toString());
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(NodePackages.text(version == 2 ? TWO : FOUR)));
            Map<String, Object> options =
                    Map.of("transports", List.of(transports.split(",")), "expected", used, "two", version == 2);
            @SuppressWarnings("unchecked")
            Map<String, Object> seen =
                    (Map<String, Object>) page.evaluate(text("/org/pocketsocket/it/socket-io.js"), options);
            assertThat(seen)
                    .containsEntry("auth", version == 2 ? Map.of() : Map.of("token", "x"))
                    .containsEntry("transport", used)
                    .containsEntry("binary", List.of(List.of(1, 2, 3), List.of(4)))
                    .containsEntry("back", List.of("hi", List.of(255)))
                    .containsEntry("asked", List.of("re: tea"))
                    .containsEntry("joined", List.of(true))
                    .containsEntry("room", List.of(7))
                    .containsEntry("volatile", List.of(5))
                    .containsEntry("refused", Map.of("code", 4401))
                    .containsEntry("accepted", List.of("ada"))
                    .containsEntry("dynamic", List.of("/room-7"))
                    .containsEntry("dropped", List.of("transport close"))
                    .containsEntry("kicked", List.of("io server disconnect"));
            assertThat(String.valueOf(seen.get("ack"))).isEqualTo("[1, é€😀, {b=[true]}, [1, 2], null]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void the_java_client_finds_it_too(String transport) throws Exception {
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {transport})
                .setForceNew(true)
                .setAuth(Map.of("token", "x"))
                .build();
        Socket socket = IO.socket(server.uri("/"), options);
        CompletableFuture<Object> auth = next(socket, "auth");
        socket.connect();
        assertThat(((JSONObject) auth.get(20, TimeUnit.SECONDS)).getString("token"))
                .isEqualTo("x");
        assertThat(ask(socket, "transport")).containsExactly(transport);
        Object[] answer = ask(socket, "message-with-ack", "é€😀", new byte[] {1, 2, 3});
        assertThat(answer[0]).isEqualTo("é€😀");
        assertThat((byte[]) answer[1]).containsExactly(1, 2, 3);
        assertThat(ask(socket, "join", "lobby")).containsExactly(true);
        CompletableFuture<Object> news = next(socket, "news");
        socket.emit("room-all", "lobby", "news", 7);
        assertThat(news.get(20, TimeUnit.SECONDS)).isEqualTo(7);
        CompletableFuture<Object> gone = next(socket, Socket.EVENT_DISCONNECT);
        socket.emit("kick");
        assertThat(gone.get(20, TimeUnit.SECONDS)).isEqualTo("io server disconnect");
        socket.close();
    }

    @Test
    void who_is_here_is_told_by_events() throws Exception {
        Socket ada = IO.socket(
                server.uri("/chat"), IO.Options.builder().setForceNew(true).build());
        CompletableFuture<Object> in = next(ada, Socket.EVENT_CONNECT);
        ada.connect();
        in.get(20, TimeUnit.SECONDS);
        JSONObject here = (JSONObject) ask(ada, "socket.presence", new JSONObject(Map.of("watch", true)))[0];
        assertThat(here.getInt("count")).isEqualTo(1);
        CompletableFuture<Object> change = next(ada, "socket.presence");
        Socket bob = IO.socket(
                server.uri("/chat"), IO.Options.builder().setForceNew(true).build());
        bob.connect();
        JSONObject joined = (JSONObject) change.get(20, TimeUnit.SECONDS);
        assertThat(joined.getString("change")).isEqualTo("join");
        assertThat(joined.getInt("count")).isEqualTo(2);
        bob.close();
        ada.close();
    }

    @Test
    void who_is_refused_learns_why() throws Exception {
        Socket socket = IO.socket(
                server.uri("/guarded"), IO.Options.builder().setForceNew(true).build());
        CompletableFuture<Object> error = next(socket, Socket.EVENT_CONNECT_ERROR);
        socket.connect();
        JSONObject no = (JSONObject) error.get(20, TimeUnit.SECONDS);
        assertThat(no.getString("message")).isEqualTo("not authorized");
        assertThat(no.getJSONObject("data").getInt("code")).isEqualTo(4401);
        socket.close();
    }

    @Test
    void a_socket_io_page_and_a_pocket_page_chat_in_one_bean() throws IOException {
        try (Browser browser = Browser.start()) {
            Page pocket = browser.page();
            pocket.navigate(server.uri("/health/live").toString());
            pocket.addScriptTag(new Page.AddScriptTagOptions().setUrl("/pocket.socket.js"));
            pocket.evaluate(
                    "() => { window.heard = []; const ws = new WebSocket('ws://' + location.host + '/pocket');"
                            + " ws.onmessage = (event) => heard.push(event.data);"
                            + " return new Promise((done) => { ws.onopen = () => { window.ws = ws;"
                            + " ws.send('{\"id\":\"1\",\"message\":\"socket.join\",\"data\":{\"channel\":\"custom\"}}'); done(1) } }) }");
            pocket.waitForFunction("() => heard.some((text) => text.includes('\"sent\"'))");
            Page socketIo = browser.page();
            socketIo.navigate(server.uri("/health/live").toString());
            socketIo.addScriptTag(new Page.AddScriptTagOptions().setContent(NodePackages.text(FOUR)));
            socketIo.evaluate(
                    "() => { window.got = []; window.custom = io('/custom');"
                            + " custom.on('said', (...args) => got.push(args)); return new Promise((done) => custom.on('connect', done)) }");
            socketIo.evaluate("() => { custom.emit('say', {text: 'tea', cup: new Uint8Array([1, 2, 3])}) }");
            pocket.waitForFunction("() => heard.includes("
                    + "'{\"message\":\"custom.said\",\"data\":{\"text\":\"tea\",\"cup\":{\"base64\":\"AQID\"}}}')");
            pocket.evaluate("() => ws.send('{\"message\":\"custom.say\",\"data\":{\"cup\":{\"base64\":\"AQID\"}}}')");
            socketIo.waitForFunction("() => got.length === 1 && new Uint8Array(got[0][0].cup)[2] === 3");
        }
    }

    @Test
    void comes_back_when_the_server_does() throws Exception {
        Server first =
                Server.with("--channels", "target/pocketsocket-fixture.jar").start();
        Socket socket = IO.socket(
                first.uri("/"),
                IO.Options.builder()
                        .setForceNew(true)
                        .setTransports(new String[] {"websocket"})
                        .setReconnectionDelay(100)
                        .build());
        CompletableFuture<Object> auth = next(socket, "auth");
        socket.connect();
        auth.get(20, TimeUnit.SECONDS);
        CompletableFuture<Object> lost = next(socket, Socket.EVENT_DISCONNECT);
        first.kill();
        lost.get(60, TimeUnit.SECONDS);
        CompletableFuture<Object> back = next(socket, "auth");
        try (Server second = Server.with("--channels", "target/pocketsocket-fixture.jar")
                .on(first.port())
                .start()) {
            back.get(60, TimeUnit.SECONDS);
            assertThat(ask(socket, "message-with-ack", second.port())).containsExactly(second.port());
        } finally {
            socket.close();
        }
    }

    private static CompletableFuture<Object> next(Socket socket, String event) {
        CompletableFuture<Object> came = new CompletableFuture<>();
        socket.once(event, args -> came.complete(args.length == 0 ? "" : args[0]));
        return came;
    }

    private static Object[] ask(Socket socket, String event, Object... args) throws Exception {
        CompletableFuture<Object[]> answer = new CompletableFuture<>();
        socket.emit(event, args, (Ack) answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = SocketIoClientsIT.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
