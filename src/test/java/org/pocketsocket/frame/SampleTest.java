package org.pocketsocket.frame;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocketsocket.frame.sample.FastEcho;
import org.pocketsocket.frame.sample.Negotiation;
import org.pocketsocket.frame.sample.OwnWords;
import org.pocketsocket.frame.sample.SampleClient;
import org.pocketsocket.frame.sample.SampleServer;

/** The guide's samples (NW-55), run against peers that others wrote. */
@Timeout(30)
class SampleTest {

    private static final Path GUIDE = Path.of("docs/guide/frame-engine.md");
    private static final Path SAMPLES = Path.of("src/test/java/org/pocketsocket/frame/sample");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theJdksClientTalksToTheSampleServer() throws Exception {
        try (var server = new SampleServer(0)) {
            new Thread(server::run).start();
            var listener = new Strangers.Listener();
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + server.port() + "/echo?a=b"), listener)
                    .get(10, SECONDS);
            client.sendText("héllo", true).get(10, SECONDS);
            assertThat(listener.told.poll(10, SECONDS)).isEqualTo("héllo");
            client.sendText("in ", false).get(10, SECONDS);
            client.sendText("two", true).get(10, SECONDS);
            assertThat(listener.told.poll(10, SECONDS)).isEqualTo("in two");
            client.sendBinary(ByteBuffer.wrap(new byte[70_000]), true).get(10, SECONDS);
            assertThat(listener.told.poll(10, SECONDS)).isEqualTo("70000 bytes");
            client.sendPing(ByteBuffer.wrap(new byte[3])).get(10, SECONDS);
            assertThat(listener.told.poll(10, SECONDS)).isEqualTo("pong 3");
            client.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, SECONDS);
            assertThat(listener.told.poll(10, SECONDS)).startsWith("close");
        }
    }

    @Test
    void theSampleServerRefusesPlainHttp() throws Exception {
        try (var server = new SampleServer(0)) {
            new Thread(server::run).start();
            try (var socket = new Socket("localhost", server.port())) {
                socket.getOutputStream().write(Wire.utf8("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
                assertThat(socket.getInputStream().readAllBytes())
                        .asString()
                        .startsWith("HTTP/1.1 400 Bad Request\r\n");
            }
        }
    }

    @Test
    void theSampleClientTalksToSomeoneElsesServer() throws Exception {
        var server = new Strangers.TheirServer();
        server.start();
        assertThat(server.started.get(10, SECONDS)).isTrue();
        try (var client = new SampleClient("ws://localhost:" + server.getPort() + "/chat")) {
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            var reading = CompletableFuture.runAsync(() -> run(client, told));
            client.send(Data.text("héllo"));
            assertThat(told.poll(10, SECONDS)).isEqualTo("héllo");
            client.send(Data.text("in ").unfinished());
            client.send(Data.of("continuation", "two"));
            assertThat(told.poll(10, SECONDS)).isEqualTo("in two");
            client.send(Data.binary(new byte[70_000]));
            assertThat(told.poll(10, SECONDS)).isEqualTo("70000 bytes");
            client.send(Data.close(Close.NORMAL, "bye"));
            reading.get(10, SECONDS);
        } finally {
            server.stop(1000);
        }
    }

    @Test
    void ourDeflateIsUnderstoodBySomeoneElsesServer() throws Exception {
        var server = new Strangers.TheirServer();
        server.start();
        assertThat(server.started.get(10, SECONDS)).isTrue();
        var handshake =
                ClientHandshake.to("ws://localhost:" + server.getPort()).offer(DeflateTerms.TAKEOVER.extension());
        try (var socket = new Socket("localhost", server.getPort())) {
            socket.getOutputStream().write(handshake.request().format());
            var head = new HeadReader();
            byte[] buffer = new byte[4096];
            while (!head.receive(buffer, 0, socket.getInputStream().read(buffer))) {
                assertThat(head.rest()).isEmpty();
            }
            var terms = DeflateTerms.TAKEOVER.confirm(
                    handshake.verify(head.response()).orElseThrow().extensions());
            try (var deflate = new Deflate(Role.CLIENT, terms.orElseThrow())) {
                var connection = new Connection(Rules.client(), deflate);
                connection.receive(head.rest());
                for (String text : List.of("the same again, ".repeat(500), "the same again, ".repeat(500), "short")) {
                    socket.getOutputStream().write(connection.send(Data.text(text)));
                    Event event = connection.next();
                    while (event == Event.Information.NEED_DATA) {
                        connection.receive(buffer, 0, socket.getInputStream().read(buffer));
                        event = connection.next();
                    }
                    assertThat(((Message) event).text()).isEqualTo(text);
                }
            }
        } finally {
            server.stop(1000);
        }
    }

    @Test
    void theSampleClientSaysWhyItWasRefused() throws Exception {
        try (var plain = new ServerSocket(0)) {
            var refusing = CompletableFuture.runAsync(() -> refuse(plain));
            assertThatThrownBy(() -> new SampleClient("ws://localhost:" + plain.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Refused with status 401");
            refusing.get(10, SECONDS);
        }
    }

    @Test
    void ownWordsAreUnderstoodByBothEnds() throws IOException { // NW-41, NW-42
        for (Role role : Role.values()) {
            var ours = new OwnWords(role, () -> Instant.ofEpochSecond(1_396_790_400));
            var theirs = new OwnWords(
                    role == Role.CLIENT ? Role.SERVER : Role.CLIENT, () -> Instant.ofEpochSecond(1_396_790_401));
            theirs.connection().receive(ours.askForTime());
            ours.connection()
                    .receive(theirs.answer((Message) theirs.connection().next()));
            assertThat(ours.text((Message) ours.connection().next())).isEqualTo("1396790401");
            theirs.connection().receive(ours.sendAscii("plain"));
            assertThat(theirs.connection().next()).hasToString("ascii: plain");
            String text = "a long text, ".repeat(100);
            byte[] frame = ours.sendDeflated(text);
            assertThat(frame).hasSizeLessThan(100).startsWith(0xc1);
            theirs.connection().receive(frame);
            assertThat(theirs.text((Message) theirs.connection().next())).isEqualTo(text);
        }
    }

    @Test
    void theFastEchoEchoes() {
        var client = new Connection(Role.CLIENT);
        var echo = new FastEcho(client::receive);
        for (Data data : List.of(
                Data.text("héllo"),
                Data.binary(new byte[3]),
                Data.pong(new byte[0]),
                Data.ping(new byte[2]),
                Data.close(4000, "bye"))) {
            byte[] frame = client.send(data);
            echo.received(frame, frame.length);
        }
        assertThat(client.next()).hasToString("text: héllo");
        assertThat(((Message) client.next()).bytes()).hasSize(3);
        assertThat(((Message) client.next()).type()).isEqualTo("pong");
        assertThat(((Message) client.next()).code()).isEqualTo(4000);
        var other = new Connection(Role.CLIENT);
        new FastEcho(other::receive).received(Wire.hex("81 00"), 2);
        assertThat(((Message) other.next()).reason()).isEqualTo("Unmasked frame from client.");
        other = new Connection(Role.CLIENT);
        other.receive(FastEcho.together(Wire.utf8("one"), Wire.utf8("two")));
        assertThat(other.next()).hasToString("text: one");
        assertThat(other.next()).hasToString("text: two");
    }

    @Test
    void bothEndsNegotiate() {
        var handshake = Negotiation.ask("ws://localhost/chat");
        Response response = Negotiation.answer(handshake.request());
        assertThat(response.headers().first("Sec-WebSocket-Protocol")).contains("chat");
        assertThat(Negotiation.agreed(handshake, response))
                .hasValueSatisfying(deflate ->
                        assertThat(deflate.deflate(Wire.utf8("Hello"))).hasSize(7))
                .hasValueSatisfying(Deflate::close);
        var plain = ClientHandshake.to("ws://localhost/chat");
        assertThat(Negotiation.agreed(plain, Negotiation.answer(plain.request())))
                .isEmpty();
    }

    @Test
    void theGuideShowsTheSamplesAsTheyAre() throws IOException {
        StringBuilder samples = new StringBuilder();
        try (Stream<Path> files = Files.list(SAMPLES)) {
            for (Path file : files.sorted().toList()) {
                samples.append(flat(Files.readString(file)));
            }
        }
        var blocks = BLOCK.matcher(Files.readString(GUIDE)).results().toList();
        assertThat(blocks).hasSizeGreaterThan(5);
        assertThat(blocks).allSatisfy(block -> assertThat(samples).contains(flat(block.group(1))));
    }

    /** Without indentation and empty lines. */
    private static String flat(String code) {
        return code.replaceAll("(?m)^\\s+", "");
    }

    private static void run(SampleClient client, BlockingQueue<String> told) {
        try {
            client.run(told::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(ServerSocket door) {
        try (var socket = door.accept()) {
            var head = new HeadReader();
            byte[] buffer = new byte[4096];
            while (!head.receive(buffer, 0, socket.getInputStream().read(buffer))) {
                assertThat(head.rest()).isEmpty();
            }
            socket.getOutputStream().write(new Response(401, "Unauthorized", Headers.NONE).format());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
