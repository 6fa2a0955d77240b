package org.pocketsocket.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.client.ClientOptions;
import org.pocketsocket.client.SocketIo;
import org.pocketsocket.client.SocketIoChannel;
import org.pocketsocket.client.SocketIoHandler;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.NodePackages;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** Socket.IO clients of every age where they meet others: channelstream's users, our own client, the server's own WebSocket. */
class SocketIoEverybodyIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The first with our own engine, the second with the server's. */
    private static final Server[] SERVERS = new Server[2];

    @BeforeAll
    static void start() {
        SERVERS[0] = Shared.FIXTURE.server();
        SERVERS[1] = Shared.WITHOUT_DIRECT_DOOR.server();
    }

    // ---- channelstream's users

    private static int post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(SERVERS[0].uri("/").resolve(path))
                .header("x-channelstream-secret", Shared.SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static String signature(String user) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Shared.SECRET.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal((user + '.' + now).getBytes(UTF_8))) + '.' + now;
    }

    /** A page joins what the backend has allowed it, and gets what the backend posts: CS-13, CS-50, CS-55. */
    @ParameterizedTest
    @ValueSource(strings = {"socket.io-client", "socket.io-client-2", "socket.io-client-0.9"})
    void a_user_of_channelstream_comes_with_a_client_of_any_age(String client) throws Exception {
        String user = "ada-" + client;
        assertThat(post("/connect", "{\"username\":\"" + user + "\",\"channels\":[\"pub_chan\"]}"))
                .isEqualTo(200);
        try (Browser browser = Browser.start()) {
            Page page = browser.page();
            page.navigate(SERVERS[0].uri("/health/live").toString());
            String script = NodePackages.text(client + "/dist/socket.io.js");
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(script));
            String query = "?username=" + user + "&signature=" + URLEncoder.encode(signature(user), UTF_8);
            page.evaluate(
                    "([old, query]) => { window.got = []; window.stream = old ? io.connect('/stream' + query)"
                            + " : io('/stream' + query, {query: Object.fromEntries(new URLSearchParams(query))});"
                            + " stream.on('join', (names) => got.push(['join', names]));"
                            + " stream.on('message', (list) => got.push(['message', list]));"
                            + " stream.on('connect', () => stream.emit('join', ['pub_chan', 'not mine'])) }",
                    List.of(client.endsWith("0.9"), query));
            page.waitForFunction("() => JSON.stringify(got) === '[[\"join\",[\"pub_chan\"]]]'");
            post("/message", "[{\"channel\":\"pub_chan\",\"user\":\"bob\",\"message\":{\"text\":\"hello\"}}]");
            page.waitForFunction("() => got.length === 2 && Array.isArray(got[1][1])"
                    + " && got[1][1][0].message.text === 'hello' && got[1][1][0].user === 'bob'");
        }
    }

    // ---- our own client

    private static final class Notes implements SocketIoHandler {

        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        public void on_auth(Map<String, Object> shown) {
            all.add("auth " + shown);
        }

        public void on_hello(String who) {
            all.add("hello " + who);
        }

        @SuppressWarnings("unused")
        public void on_news(int number) {
            all.add("news " + number);
        }

        public String on_question(String question) {
            return "re: " + question;
        }

        @Override
        public void onError(String name, String message) {
            all.add("error " + name);
        }

        String next() throws InterruptedException {
            return String.valueOf(all.poll(20, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKET_IO", "SOCKET_IO_OLD"})
    void our_own_client_speaks_with_our_own_server_SC_3_SC_13_SC_15(ClientOptions.Language language) throws Exception {
        boolean old = language == ClientOptions.Language.SOCKET_IO_OLD;
        Notes notes = new Notes();
        try (SocketIo socket = SocketIo.connect(SERVERS[0].uri("/"), notes, ClientOptions.DEFAULT.dialect(language))) {
            assertThat(notes.next()).isEqualTo(old ? "hello main" : "auth {}");
            assertThat(ask(socket.root(), old ? "echo-ack" : "message-with-ack", "é€😀", 2))
                    .isEqualTo("[\"é€😀\", 2]");
            assertThat(ask(socket.root(), "join", "lobby-" + language)).isEqualTo("[true]");
            if (old) {
                socket.emit("room-all", "lobby-" + language, 7);
            } else {
                socket.emit("room-all", "lobby-" + language, "news", 7);
            }
            assertThat(notes.next()).isEqualTo("news 7");
            assertThat(ask(socket.root(), "ask-me", "tea")).isEqualTo("[\"re: tea\"]");
            Notes custom = new Notes();
            socket.connect("/custom", custom);
            assertThat(custom.next()).isEqualTo(old ? "hello custom" : "auth {}");
            Notes none = new Notes();
            socket.connect("/nowhere", none);
            assertThat(none.next()).isEqualTo(old ? "error no_such_namespace" : "error connect_error");
        }
    }

    private static String ask(SocketIoChannel channel, String event, Object... args) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        channel.emit(event, values -> answer.complete(values.toString()), args);
        return answer.get(20, TimeUnit.SECONDS);
    }

    // ---- the server's own WebSocket

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling,websocket"})
    void the_servers_own_WebSocket_serves_where_ours_cannot(String transports) throws Exception {
        Socket socket = IO.socket(
                SERVERS[1].uri("/"),
                IO.Options.builder()
                        .setTransports(transports.split(","))
                        .setForceNew(true)
                        .build());
        CompletableFuture<Object> auth = new CompletableFuture<>();
        socket.once("auth", args -> auth.complete(args[0]));
        socket.connect();
        auth.get(20, TimeUnit.SECONDS);
        String used = "";
        while (!used.equals("websocket")) {
            used = String.valueOf(ask(socket, "transport")[0]);
        }
        Object[] answer = ask(socket, "message-with-ack", "x".repeat(100_000), new byte[] {1, 2, 3});
        assertThat((String) answer[0]).hasSize(100_000);
        assertThat((byte[]) answer[1]).containsExactly(1, 2, 3);
        CompletableFuture<Object> gone = new CompletableFuture<>();
        socket.once(Socket.EVENT_DISCONNECT, args -> gone.complete(args[0]));
        socket.emit("kick-hard");
        assertThat(gone.get(20, TimeUnit.SECONDS)).isEqualTo("io server disconnect");
        socket.close();
    }

    private static Object[] ask(Socket socket, String event, Object... args) throws Exception {
        CompletableFuture<Object[]> answer = new CompletableFuture<>();
        socket.emit(event, args, (Ack) answer::complete);
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void it_serves_the_oldest_and_refuses_strangers_too() throws Exception {
        HttpRequest handshake = HttpRequest.newBuilder(SERVERS[1].uri("/").resolve("/socket.io/1/"))
                .build();
        String id = HTTP.send(handshake, HttpResponse.BodyHandlers.ofString())
                .body()
                .split(":")[0];
        try (RawTalker socket = new RawTalker(SERVERS[1].uri("/")).opens("/socket.io/1/websocket/" + id)) {
            assertThat(new String(socket.frame(), UTF_8)).endsWith("1::");
            assertThat(new String(socket.frame(), UTF_8)).endsWith("{\"name\":\"hello\",\"args\":[\"main\"]}");
        }
        for (String path : List.of("/socket.io/1/websocket/unknown", "/socket.io/?EIO=4&transport=websocket&sid=x")) {
            try (RawTalker socket = new RawTalker(SERVERS[1].uri("/"))) {
                socket.sends(("GET " + path + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(UTF_8));
                assertThat(socket.head()).startsWith("HTTP/1.1 403");
            }
        }
    }
}
