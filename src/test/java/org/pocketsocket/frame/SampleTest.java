package org.pocketsocket.frame;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
            var listener = new Listener();
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
        var server = new TheirServer();
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
        var server = new TheirServer();
        server.start();
        assertThat(server.started.get(10, SECONDS)).isTrue();
        var handshake = org.pocketsocket.frame.ClientHandshake.to("ws://localhost:" + server.getPort())
                .offer(DeflateTerms.TAKEOVER.extension());
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
        try (var plain = new java.net.ServerSocket(0)) {
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
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void refuse(java.net.ServerSocket door) {
        try (var socket = door.accept()) {
            socket.getOutputStream().write(new Response(401, "Unauthorized", Headers.NONE).format());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private int bytes;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                told.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes += data.remaining();
            if (last) {
                told.add(bytes + " bytes");
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            told.add("pong " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            told.add("close " + code + reason);
            return null;
        }
    }

    private static final class TheirServer extends WebSocketServer {
        private final CompletableFuture<Boolean> started = new CompletableFuture<>();

        TheirServer() {
            super(new InetSocketAddress("localhost", 0), 1, List.of(new Draft_6455(new PerMessageDeflateExtension())));
        }

        @Override
        public void onOpen(org.java_websocket.WebSocket socket, ClientHandshake handshake) {}

        @Override
        public void onClose(org.java_websocket.WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(org.java_websocket.WebSocket socket, String message) {
            socket.send(message);
        }

        @Override
        public void onMessage(org.java_websocket.WebSocket socket, ByteBuffer message) {
            socket.send(message);
        }

        @Override
        public void onError(org.java_websocket.WebSocket socket, Exception failure) {
            started.completeExceptionally(failure);
        }

        @Override
        public void onStart() {
            started.complete(true);
        }
    }
}
