package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocketsocket.frame.Wire.utf8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake (RFC 6455, 4), from both sides (NW-54: without a connection). */
class HandshakeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final byte[] NONCE = utf8("the sample nonce");

    @Test
    void theRfcsKeyIsAccepted() {
        Offer offer = ServerHandshake.verify(request());
        assertThat(offer).isEqualTo(new Offer(ACCEPT, List.of(), List.of()));
        assertThat(ServerHandshake.response(offer, Agreement.PLAIN, Headers.NONE)
                        .format())
                .asString(ISO_8859_1)
                .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + ACCEPT + "\r\n\r\n");
    }

    @Test
    void aClientAsksInOriginForm() { // NW-50 [bug]
        var handshake = ClientHandshake.to(Address.parse("ws://example.com:8080/chat?room=a%20b"), NONCE);
        assertThat(handshake.request().format())
                .asString(ISO_8859_1)
                .isEqualTo("GET /chat?room=a%20b HTTP/1.1\r\nHost: example.com:8080\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Key: " + KEY
                        + "\r\nSec-WebSocket-Version: 13\r\n\r\n");
    }

    @Test
    void aClientsKeyIsRandomAndHas16Bytes() { // NW-50
        String key = ClientHandshake.to("ws://a").request().headers().joined("Sec-WebSocket-Key");
        assertThat(Base64.getDecoder().decode(key)).hasSize(16);
        assertThat(ClientHandshake.to("ws://a").request().headers().joined("Sec-WebSocket-Key"))
                .isNotEqualTo(key);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientHandshake.to(Address.parse("ws://a"), new byte[15]));
    }

    @Test
    void aClientMayOfferAndAddHeaders() { // NW-50
        var headers = ClientHandshake.to("wss://a")
                .offer("chat", "superchat")
                .offer(DeflateTerms.TAKEOVER.extension(), new Extension("x", List.of()))
                .with(Headers.of("Origin", "https://a"))
                .with(Headers.of("Cookie", "b=c"))
                .request()
                .headers();
        assertThat(headers.first("sec-websocket-protocol")).contains("chat, superchat");
        assertThat(headers.first("sec-websocket-extensions")).contains("permessage-deflate, x");
        assertThat(headers.first("ORIGIN")).contains("https://a");
        assertThat(headers.first("cookie")).contains("b=c");
        assertThat(headers.first("absent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ws://example.com, false, example.com, 80, /, example.com",
        "wss://example.com, true, example.com, 443, /, example.com",
        "WSS://Example.com:443/, true, Example.com, 443, /, Example.com",
        "ws://example.com:443/a/b, false, example.com, 443, /a/b, example.com:443",
        "ws://example.com:?q=1, false, example.com, 80, /?q=1, example.com",
        "ws://[::1]:9000/x?y=[z]?, false, ::1, 9000, /x?y=[z]?, [::1]:9000",
        "wss://[2001:db8::1], true, 2001:db8::1, 443, /, [2001:db8::1]",
        "ws://127.0.0.1:1/%C3%A9, false, 127.0.0.1, 1, /%C3%A9, 127.0.0.1:1",
    })
    void aUriIsTakenApart(String uri, boolean secure, String host, int port, String target, String authority) { // NW-50
        Address address = Address.parse(uri);
        assertThat(address).isEqualTo(new Address(secure, host, port, target));
        assertThat(address.authority()).isEqualTo(authority);
        assertThat(ClientHandshake.to(uri).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a",
                "ws:/a",
                "ws://",
                "ws://a#b",
                "ws://user@a",
                "ws://a b",
                "ws://a/ b",
                "ws://a/\r\nX: y"
            })
    @ValueSource(
            strings = {
                "ws://a:b",
                "ws://a:0",
                "ws://a:65536",
                "ws://a:123456",
                "ws://[::1",
                "ws://é",
                "wsss://a",
                "//a",
                ""
            })
    void otherUrisAreRefused(String uri) { // NW-50
        assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(uri));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 401, 403, 500})
    void anythingButA101IsHandedBack(int status) { // NW-51
        assertThat(client().verify(new Response(status, "", Headers.NONE))).isEmpty();
    }

    @Test
    void bothSidesAgree() { // NW-52, NW-53
        Extension deflate = DeflateTerms.TAKEOVER.extension();
        Extension other = new Extension("x-other", List.of());
        var client = client().offer("chat", "superchat").offer(deflate, other);
        Offer offer = ServerHandshake.verify(client.request());
        assertThat(offer.subprotocols()).containsExactly("chat", "superchat");
        assertThat(offer.extensions()).containsExactly(deflate, other);
        var agreement = Agreement.PLAIN.withSubprotocol("superchat").with(deflate);
        Response response = ServerHandshake.response(offer, agreement, Headers.of("Set-Cookie", "a=b"));
        assertThat(client.verify(response)).contains(agreement);
        assertThat(response.headers().first("set-cookie")).contains("a=b");
    }

    @Test
    void aClientProvesWhatItGets() { // NW-52
        for (Headers wrong : List.of(
                Headers.of("Connection", "Upgrade", "Sec-WebSocket-Accept", ACCEPT),
                Headers.of("Upgrade", "websocket", "Sec-WebSocket-Accept", ACCEPT),
                Headers.of("Upgrade", "websocket", "Connection", "Upgrade"),
                accepted().with("Upgrade", "h2c"),
                accepted().with("Sec-WebSocket-Accept", "again"),
                accepted().with("Sec-WebSocket-Protocol", "not-offered"),
                accepted().with("Sec-WebSocket-Extensions", "not-offered"),
                accepted().with("Sec-WebSocket-Extensions", "not; a=list;"))) {
            assertThatThrownBy(() -> client().offer("chat").verify(new Response(101, "", wrong)))
                    .isInstanceOf(HandshakeException.class);
        }
    }

    @Test
    void aClientReadsTokensInAnyCase() { // NW-53 [bug], of the other side
        Headers headers = Headers.of("UPGRADE", "WebSocket", "connection", "keep-alive, upgrade")
                .with("sec-websocket-accept", ACCEPT);
        assertThat(client().verify(new Response(101, "", headers)))
                .contains(new Agreement(Optional.empty(), List.of()));
    }

    @Test
    void aServerReadsTokensInAnyCaseAndInLists() { // NW-53 [bug]
        Headers headers = Headers.of("host", "a", "UPGRADE", "h2c, WebSocket", "connection", "keep-alive, UPGRADE")
                .with("sec-websocket-key", KEY)
                .with("sec-websocket-version", "13")
                .with("sec-websocket-protocol", "one, two")
                .with("Sec-WebSocket-Protocol", "three,,");
        assertThat(ServerHandshake.verify(get(headers)).subprotocols()).containsExactly("one", "two", "three");
    }

    @Test
    void aServerRefusesWhatIsNoHandshake() { // NW-53
        Headers good = request().headers();
        assertThat(refused(new Request("POST", "/", "HTTP/1.1", good)).status()).isEqualTo(405);
        assertThat(refused(new Request("POST", "/", "HTTP/1.1", good)).headers().first("Allow"))
                .contains("GET");
        assertThat(refused(new Request("GET", "/", "HTTP/1.0", good)).status()).isEqualTo(505);
        for (String missing : List.of("Host", "Upgrade", "Connection", "Sec-WebSocket-Key")) {
            assertThat(refused(get(without(good, missing))).status()).isEqualTo(400);
            assertThat(refused(get(without(good, missing).with(missing, "a, b")))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(refused(get(good.with("Sec-WebSocket-Extensions", "a b"))).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not base64!", "dGhlIHNhbXBsZSBub25jZSBhbmQgbW9yZQ=="})
    void aServerRefusesAKeyThatIsNot16Bytes(String key) { // NW-53
        Headers headers = without(request().headers(), "Sec-WebSocket-Key").with("Sec-WebSocket-Key", key);
        assertThatThrownBy(() -> ServerHandshake.verify(get(headers))).hasMessageContaining("Bad nonce from client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "14", "13, 8", ""})
    void aServerNamesTheVersionItSpeaks(String version) { // NW-53
        Headers headers = without(request().headers(), "Sec-WebSocket-Version").with("Sec-WebSocket-Version", version);
        Response answer = refused(get(headers));
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.headers().first("Sec-WebSocket-Version")).contains("13");
        assertThat(answer.format()).asString(ISO_8859_1).startsWith("HTTP/1.1 426 Upgrade Required\r\n");
    }

    @Test
    void aServerAgreesOnlyToWhatWasOffered() {
        Offer offer = ServerHandshake.verify(request());
        for (Agreement more : List.of(
                Agreement.PLAIN.withSubprotocol("chat"), Agreement.PLAIN.with(DeflateTerms.TAKEOVER.extension()))) {
            assertThatIllegalArgumentException().isThrownBy(() -> ServerHandshake.response(offer, more, Headers.NONE));
        }
    }

    private static ClientHandshake client() {
        return ClientHandshake.to(Address.parse("ws://server.example.com/chat"), NONCE);
    }

    private static Request request() {
        return client().request();
    }

    private static Request get(Headers headers) {
        return new Request("GET", "/", "HTTP/1.1", headers);
    }

    private static Headers accepted() {
        return Headers.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", ACCEPT);
    }

    private static Headers without(Headers headers, String name) {
        return new Headers(headers.fields().stream()
                .filter(field -> !field.name().equals(name))
                .toList());
    }

    private static Response refused(Request request) {
        try {
            ServerHandshake.verify(request);
            throw new AssertionError("accepted");
        } catch (HandshakeException refusal) {
            return refusal.answer();
        }
    }
}
