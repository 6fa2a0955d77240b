package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocketsocket.frame.Wire.join;
import static org.pocketsocket.frame.Wire.utf8;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of requests and responses as bytes, whole and in pieces. */
class HttpHeadTest {
    private static final String REQUEST =
            "GET /chat?a=b HTTP/1.1\r\nHost: a:80\r\nX-Empty:\r\nX-Two: 1\r\nx-two: \t2 \r\n\r\n";

    @Test
    void aRequestIsReadHoweverItIsCut() {
        for (List<byte[]> pieces : Wire.cuts(utf8(REQUEST))) {
            assertThat(read(pieces).request())
                    .isEqualTo(new Request(
                            "GET",
                            "/chat?a=b",
                            "HTTP/1.1",
                            Headers.of("Host", "a:80", "X-Empty", "", "X-Two", "1", "x-two", "2")));
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        Request request = read(List.of(utf8(REQUEST))).request();
        assertThat(read(List.of(request.format())).request()).isEqualTo(request);
        var response = new Response(101, "Switching Protocols", Headers.of("Upgrade", "websocket"));
        assertThat(read(List.of(response.format())).response()).isEqualTo(response);
    }

    @Test
    void valuesOfOneNameAreOneList() {
        Headers headers = read(List.of(utf8(REQUEST))).request().headers();
        assertThat(headers.first("x-TWO")).contains("1");
        assertThat(headers.joined("x-TWO")).isEqualTo("1, 2");
        assertThat(headers.tokens("x-two")).containsExactly("1", "2");
        assertThat(headers.tokens("x-empty")).isEmpty();
    }

    @Test
    void whatFollowsTheHeadIsKept() { // frames sent in one segment with the handshake
        byte[] frame = Frames.text("early");
        var reader = new HeadReader();
        byte[] all = join(utf8(REQUEST), frame);
        assertThat(reader.receive(all, 0, all.length)).isTrue();
        assertThat(reader.rest()).isEqualTo(frame);
        assertThat(read(List.of(utf8(REQUEST))).rest()).isEmpty();
    }

    @Test
    void theEndIsFoundBehindAFalseOne() {
        byte[] misleading = utf8("GET / HTTP/1.1\r\nA: b\r\r\n\r\n");
        assertThatThrownBy(() -> read(List.of(misleading)).request()).isInstanceOf(HandshakeException.class);
        assertThat(read(Wire.cuts(misleading).get(1)).rest()).isEmpty();
    }

    @Test
    void anIncompleteHeadIsNoRequest() {
        var reader = new HeadReader();
        assertThat(reader.receive(utf8("GET / HTTP/1.1\r\n"), 0, 16)).isFalse();
        assertThatIllegalStateException().isThrownBy(reader::request);
        assertThatIllegalStateException().isThrownBy(reader::response);
    }

    @Test
    void aHeadIsBounded() {
        byte[] endless = new byte[1024];
        var reader = new HeadReader();
        for (int i = 0; i < 64; i++) {
            assertThat(reader.receive(endless, 0, endless.length)).isFalse();
        }
        assertThatThrownBy(() -> reader.receive(endless, 0, 1))
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        refusal -> assertThat(refusal.answer().status()).isEqualTo(431));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "GET /",
                "GET / HTTP/1.1 x",
                "G\u00e9T / HTTP/1.1",
                "GET  HTTP/1.1",
                "GET / FTP/1.1",
                "GET / HTTP/1.1\r\nno colon"
            })
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n: a",
                "GET / HTTP/1.1\r\nA : b",
                "GET / HTTP/1.1\r\nA: b\r\n c",
                "GET / HTTP/1.1\r\nA: \u0001"
            })
    @ValueSource(strings = {"GET / HTTP/1.1\nA: b", "GET / HTTP/1.1\r\nA: b\nC: d", "GET / HTTP/1.1\r\nA: \u007f"})
    void whatIsNoRequestIsRefused(String head) {
        assertThatThrownBy(() -> read(List.of(utf8(head + "\r\n\r\n"))).request())
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        refusal -> assertThat(refusal.answer().status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0 101 a", "HTTP/1.1 0 a", "HTTP/1.1 1010 a", "HTTP/1.1", "nonsense"})
    void whatIsNoResponseIsRefused(String head) {
        assertThatThrownBy(() -> read(List.of(utf8(head + "\r\n\r\n"))).response())
                .isInstanceOf(HandshakeException.class);
    }

    @Test
    void aResponseNeedsNoReason() {
        assertThat(read(List.of(utf8("HTTP/1.1 401\r\n\r\n"))).response())
                .isEqualTo(new Response(401, "", Headers.NONE));
        assertThat(read(List.of(utf8("HTTP/1.1 401 \r\n\r\n"))).response())
                .isEqualTo(new Response(401, "", Headers.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\0"})
    void aValueIsOneLine(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A", value));
        assertThatIllegalArgumentException().isThrownBy(() -> Headers.of(value, "a"));
        assertThat(Headers.of("A", "\ttabs\tare fine \u00e9").format().getBytes(ISO_8859_1))
                .endsWith(0xe9, '\r', '\n');
    }

    @Test
    void extensionsAreReadWithTheirParameters() {
        var extensions = Extension.parse(" a ; x ;y=1; z=\"2\" ,, b;q = 3,c");
        assertThat(extensions).map(Extension::name).containsExactly("a", "b", "c");
        assertThat(extensions.get(0).parameters())
                .containsExactly(
                        new Extension.Parameter("x", Optional.empty()),
                        new Extension.Parameter("y", Optional.of("1")),
                        new Extension.Parameter("z", Optional.of("2")));
        assertThat(Extension.format(extensions)).isEqualTo("a; x; y=1; z=2, b; q=3, c");
        assertThat(Extension.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a;",
                "a;=1",
                "a; x=",
                "a; x=\"1",
                "a; x=\"1 2\"",
                "a/b",
                "=",
                "a;x y",
                ";a",
                "a; x=\"1,2\""
            })
    void malformedExtensionsAreRefused(String header) {
        assertThatThrownBy(() -> Extension.parse(header))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("Sec-WebSocket-Extensions");
    }

    private static HeadReader read(List<byte[]> pieces) {
        var reader = new HeadReader();
        for (int i = 0; i < pieces.size(); i++) {
            assertThat(reader.receive(pieces.get(i), 0, pieces.get(i).length)).isEqualTo(i == pieces.size() - 1);
        }
        return reader;
    }
}
