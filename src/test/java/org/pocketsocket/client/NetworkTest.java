package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;
import static org.pocketsocket.client.PocketClientTest.ourThreads;
import static org.pocketsocket.test.Eventually.eventually;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pocketsocket.client.ClientException.Kind;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.Certificates;

/** What lies between client and server: TLS, proxies, headers, cookies, tokens. Real sockets, all of them. SC-19 */
@Timeout(60)
class NetworkTest {

    private static final ClientOptions QUICK = ClientOptions.DEFAULT
            .reconnect(Duration.ofMillis(20), Duration.ofMillis(100))
            .connectTimeout(Duration.ofSeconds(10));

    private static final byte[] HELLO =
            Frames.text("{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0\",\"data\":{\"session\":\"s\"}}");

    @TempDir
    static Path directory;

    private static Certificates certificates;

    @BeforeAll
    static void make() {
        certificates = Certificates.make(directory);
    }

    @AfterEach
    void nothing_is_left() {
        eventually(Duration.ofSeconds(10), PocketClientTest::ourThreads, () -> ourThreads()
                .isEmpty());
    }

    private static HubServer secure() {
        return HubServer.on(0, Map.of(), certificates.server(), new Chat());
    }

    private static void talks(URI uri, ClientOptions options) {
        try (PocketClient client = PocketClient.connect(uri, options)) {
            BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
            PocketChannel chat = client.channel("chat");
            chat.on("numbered", Integer.class, heard::add);
            assertThat(get(chat.ask("number", 7, Integer.class))).isEqualTo(7);
            assertThat(next(heard)).isEqualTo(7);
            String large = "x".repeat(200_000);
            assertThat(get(chat.ask("say", new Chat.Line(large), Chat.Receipt.class)))
                    .isEqualTo(new Chat.Receipt(200_000));
        }
    }

    private static ClientException refusal(URI uri, ClientOptions options) {
        ClientException no = catchThrowableOfType(ClientException.class, () -> PocketClient.connect(uri, options));
        assertThat(no).isNotNull();
        return no;
    }

    // --- TLS

    @ParameterizedTest
    @EnumSource
    void SC_19_every_door_is_reached_by_TLS(Transport transport) {
        try (HubServer server = secure()) {
            talks(server.base(), QUICK.tls(certificates.client()).transports(transport));
        }
    }

    @Test
    void a_certificate_that_nobody_signed_is_not_trusted() {
        try (HubServer server = secure()) {
            ClientException no = refusal(server.base(), QUICK);
            assertThat(no.kind()).isEqualTo(Kind.TLS);
            assertThat(no).hasMessageStartingWith("No trusted TLS with localhost:" + server.port());
        }
    }

    @Test
    void a_certificate_for_another_host_is_not_trusted() {
        try (HubServer server = secure()) {
            URI other = URI.create("wss://127.0.0.1:" + server.port() + "/");
            assertThat(refusal(other, QUICK.tls(certificates.client())).kind()).isEqualTo(Kind.TLS);
        }
    }

    @Test
    void a_server_without_TLS_is_told() {
        try (HubServer server = HubServer.with(new Chat())) {
            URI secret = URI.create("wss://localhost:" + server.port() + "/");
            ClientOptions brief = QUICK.connectTimeout(Duration.ofSeconds(2));
            assertThat(refusal(secret, brief).kind()).isIn(Kind.TLS, Kind.UNREACHABLE, Kind.TIMEOUT);
        }
    }

    // --- proxies

    private static ClientOptions through(Relay proxy) {
        return QUICK.proxy(InetSocketAddress.createUnresolved("localhost", proxy.port()), null, null);
    }

    @ParameterizedTest
    @EnumSource
    void SC_19_every_door_is_reached_through_a_proxy(Transport transport) throws IOException {
        try (HubServer server = HubServer.with(new Chat());
                Relay proxy = Relay.proxy()) {
            talks(server.base(), through(proxy).transports(transport));
            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allMatch(head -> head.startsWith("CONNECT localhost:" + server.port() + " HTTP/1.1\r\n"));
        }
    }

    @Test
    void through_a_proxy_TLS_is_spoken_with_the_server() throws IOException {
        try (HubServer server = secure();
                Relay proxy = Relay.proxy()) {
            talks(server.base(), through(proxy).tls(certificates.client()));
        }
    }

    @Test
    void a_proxy_may_want_to_know_who_one_is() throws IOException {
        try (HubServer server = HubServer.with(new Chat());
                Relay proxy = Relay.proxy().askingFor("Proxy-Authorization: Basic YWRhOnNlc2FtZQ==")) {
            InetSocketAddress address = new InetSocketAddress("localhost", proxy.port());
            talks(server.base(), QUICK.proxy(address, "ada", "sesame"));
            ClientException no = refusal(server.base(), QUICK.proxy(address, "ada", "wrong"));
            assertThat(no.kind()).isEqualTo(Kind.REFUSED);
            assertThat(no.code()).isEqualTo(407);
            assertThat(no).hasMessage("the proxy wants to know who you are (407)");
        }
    }

    @Test
    void a_proxy_that_is_not_there_is_told() throws IOException {
        Relay proxy = Relay.proxy();
        proxy.close();
        assertThat(refusal(URI.create("ws://example.invalid/"), through(proxy)).kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    // --- headers, cookies

    @ParameterizedTest
    @EnumSource
    void SC_19_headers_and_cookies_go_with_every_request(Transport transport) {
        try (HubServer server = HubServer.with(new Chat())) {
            ClientOptions options = QUICK.transports(transport)
                    .header("Authorization", "Bearer x")
                    .cookie("flavour", "vanilla");
            talks(server.base(), options);
            assertThat(server.requests()).isNotEmpty().allSatisfy(request -> {
                assertThat(request.headers().first("Authorization")).contains("Bearer x");
                assertThat(request.headers().first("Cookie").orElse("")).contains("flavour=vanilla");
            });
        }
    }

    @Test
    void a_balancers_cookie_is_sent_back() {
        try (HubServer server = HubServer.with(new Chat());
                PocketClient client = PocketClient.connect(server.base(), QUICK.transports(Transport.POLLING))) {
            get(client.channel("chat").join());
            server.cut();
            get(client.channel("chat").ask("number", 1));
            assertThat(server.requests()).last().satisfies(request -> assertThat(
                            request.headers().first("Cookie"))
                    .contains("route=b"));
        }
    }

    // --- tokens

    private static String said(BlockingQueue<String> texts, String part) {
        String text = next(texts);
        while (!text.contains(part)) {
            text = next(texts);
        }
        return text;
    }

    @Test
    void a_token_is_asked_for_before_every_connection() {
        AtomicInteger tokens = new AtomicInteger();
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.noting(texts, HELLO, Frames.close(1012, "again"));
                PocketClient client =
                        PocketClient.start(server.uri(), QUICK.token(() -> "token " + tokens.incrementAndGet()))) {
            assertThat(said(texts, "socket.hello")).contains("\"token\":\"token 1\"");
            assertThat(said(texts, "socket.hello"))
                    .contains("\"token\":\"token 2\"")
                    .contains("\"resume\":\"s\"");
            assertThat(client.state()).isNotEqualTo(ClientState.CLOSED);
        }
    }

    @Test
    void the_server_may_ask_for_a_fresh_one() {
        AtomicInteger tokens = new AtomicInteger();
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        byte[] wanted = Frames.text("{\"socket\":\"token\",\"seconds\":25}");
        try (ScriptedServer server = ScriptedServer.noting(texts, HELLO, wanted);
                PocketClient ignored =
                        PocketClient.connect(server.uri(), QUICK.token(() -> "token " + tokens.incrementAndGet()))) {
            assertThat(said(texts, "socket.token")).contains("\"data\":{\"token\":\"token 2\"}");
        }
    }

    @Test
    void no_token_no_connection() {
        try (ScriptedServer server = ScriptedServer.opening(HELLO)) {
            ClientOptions options = QUICK.attempts(0).token(() -> {
                throw new IllegalStateException("the login is down");
            });
            ClientException no = refusal(server.uri(), options);
            assertThat(no).hasMessage("No token: the login is down");
        }
    }

    @Test
    void neither_tokens_nor_headers_are_in_what_is_told() {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")) {
            ClientException no =
                    refusal(server.uri(), QUICK.token(() -> "s3cret").header("Authorization", "s3cret"));
            assertThat(no.toString() + Arrays.toString(no.getStackTrace())).doesNotContain("s3cret");
            assertThat(List.of(no.getMessage()).stream().collect(Collectors.joining()))
                    .contains("401");
        }
    }
}
