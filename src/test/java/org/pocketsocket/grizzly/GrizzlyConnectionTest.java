package org.pocketsocket.grizzly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocketsocket.test.Eventually.eventually;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.LeaderFollowerNIOStrategy;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.utils.DelayedExecutor;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.hub.Cable;
import org.pocketsocket.test.Certificates;

/** On a real Grizzly, whose upgraded requests are ended as Payara ends them. */
class GrizzlyConnectionTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MUCH = 8 * 1024 * 1024; // more than a client's and a server's socket take

    private final CompletableFuture<Upgraded> upgraded = new CompletableFuture<>();
    private final DelayedExecutor clock = IdleTimeoutFilter.createDefaultIdleDelayedExecutor();
    private final Idle idle = new Idle(clock);
    private HttpServer server;

    /** Closes what says nothing for a second, and wants to know of every end, as it keeps a list. */
    private static final class Idle extends IdleTimeoutFilter {

        private final AtomicInteger closed = new AtomicInteger();

        Idle(DelayedExecutor clock) {
            super(clock, 1, TimeUnit.SECONDS);
        }

        @Override
        public NextAction handleClose(FilterChainContext ctx) throws IOException {
            closed.incrementAndGet();
            return super.handleClose(ctx);
        }
    }

    @BeforeEach
    void start() {
        clock.start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
        clock.destroy();
        clock.getThreadPool().shutdownNow();
    }

    private Socket client(String more) throws Exception {
        return client(WorkerThreadIOStrategy.getInstance(), more);
    }

    private Socket client(IOStrategy strategy, String more) throws Exception {
        return asks(new Socket("127.0.0.1", listens(strategy, null)), more);
    }

    private int listens(IOStrategy strategy, @Nullable SSLContext tls) throws IOException {
        NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
        listener.getTransport().setIOStrategy(strategy);
        listener.getKeepAlive().setIdleTimeoutInSeconds(1);
        listener.registerAddOn((its, chain) -> chain.add(1, idle));
        if (tls != null) {
            listener.setSecure(true);
            listener.setSSLEngineConfig(new SSLEngineConfigurator(tls, false, false, false));
        }
        server = new HttpServer();
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new Upgraded.Handler(upgraded));
        server.start();
        return listener.getPort();
    }

    /** It gets its 101, and has sent more behind its request. */
    private static Socket asks(Socket client, String more) throws IOException {
        client.setSoTimeout((int) SOON.toMillis());
        client.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: bytes\r\n\r\n" + more)
                        .getBytes(ISO_8859_1));
        assertThat(head(client.getInputStream())).startsWith("HTTP/1.1 101");
        return client;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.read());
        }
        return head.toString(ISO_8859_1);
    }

    private Upgraded upgraded() throws Exception {
        return upgraded.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String heard(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(classes = {WorkerThreadIOStrategy.class, LeaderFollowerNIOStrategy.class})
    void what_comes_goes_back_in_order(Class<? extends IOStrategy> strategy) throws Exception {
        byte[] bytes = random(MUCH);
        try (Socket client =
                client((IOStrategy) strategy.getMethod("getInstance").invoke(null), "")) {
            upgraded().echoes();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    client.getOutputStream().write(bytes);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(client.getInputStream().readNBytes(MUCH)).isEqualTo(bytes);
            sent.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void what_came_before_the_answer_is_read() throws Exception {
        try (Socket client = client("too early, ")) {
            upgraded().echoes();
            say(client, "and in time");
            assertThat(heard(client, 22)).isEqualTo("too early, and in time");
        }
    }

    @Test
    void the_request_is_over_and_nobody_waits_for_another() throws Exception {
        try (Socket client = client("")) {
            Upgraded peer = upgraded();
            peer.echoes();
            eventually(SOON, () -> "it was not ended", () -> peer.ended);
            assertThat(peer.tcp.getAttributes().getAttributeNames()).noneMatch(name -> name.contains("HttpServer"));
            client.setSoTimeout(3000); // those that keep alive, or are idle, are closed after one
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            say(client, "still here");
            assertThat(heard(client, 10)).isEqualTo("still here");
        }
    }

    @Test
    void who_does_not_read_is_waited_for_without_a_thread() throws Exception {
        byte[] bytes = random(MUCH);
        try (Socket client = client("")) {
            Upgraded peer = upgraded();
            peer.echoes();
            CompletableFuture<Void> taken = new CompletableFuture<>();
            assertThat(peer.writes(bytes, () -> taken.complete(null))).isFalse();
            assertThat(taken).isNotDone();
            assertThat(client.getInputStream().readNBytes(MUCH)).isEqualTo(bytes);
            taken.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(peer.writes("more".getBytes(ISO_8859_1), () -> {})).isTrue();
            assertThat(heard(client, 4)).isEqualTo("more");
        }
    }

    @Test
    void small_pieces_leave_together_and_in_order_whatever_their_number() throws Exception {
        try (Socket client = client("")) {
            ServletOutputStream out = upgraded().connection.getOutputStream();
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 20_000; i++) { // 109 KB: it flushes by itself in between
                out.write((i + "\n").getBytes(ISO_8859_1));
                all.append(i).append('\n');
            }
            out.flush();
            assertThat(heard(client, all.length())).isEqualTo(all.toString());
        }
    }

    @Test
    void pieces_of_all_sizes_arrive_at_a_client_that_reads_now_and_then() throws Exception {
        Random random = new Random(4);
        byte[][] pieces = IntStream.range(0, 400)
                .mapToObj(i -> random(1 + random.nextInt(i % 20 == 0 ? 300_000 : 3_000)))
                .toArray(byte[][]::new);
        int size = Arrays.stream(pieces).mapToInt(piece -> piece.length).sum();
        try (Socket client = client("")) {
            Upgraded peer = upgraded();
            peer.echoes();
            peer.writesAll(pieces, 7);
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            while (got.size() < size) {
                got.write(client.getInputStream().readNBytes(Math.min(size - got.size(), 1 + random.nextInt(500_000))));
            }
            ByteArrayOutputStream wanted = new ByteArrayOutputStream();
            for (byte[] piece : pieces) {
                wanted.write(piece);
            }
            assertThat(got.toByteArray()).isEqualTo(wanted.toByteArray());
        }
    }

    @Test
    void a_close_waits_for_what_was_written() throws Exception {
        byte[] bytes = random(MUCH);
        try (Socket client = client("")) {
            Upgraded peer = upgraded();
            ServletOutputStream out = peer.connection.getOutputStream();
            out.write(bytes);
            out.flush();
            assertThat(out.isReady()).isFalse();
            peer.connection.close();
            assertThat(peer.tcp.isOpen()).isTrue();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void the_end_of_the_other_side_is_read() throws Exception {
        Socket client = client("");
        Upgraded peer = upgraded();
        peer.echoes();
        client.close();
        eventually(SOON, () -> "it is not told", () -> peer.over);
        peer.connection.close();
        eventually(SOON, () -> "it is open", () -> !peer.tcp.isOpen());
        eventually(SOON, () -> "Grizzly does not know", () -> idle.closed.get() == 1);
        assertThat(peer.failures).isEmpty(); // it closed it itself
    }

    @Test
    void a_connection_that_is_cut_is_an_error() throws Exception {
        try (Socket client = client("")) {
            Upgraded peer = upgraded();
            peer.echoes();
            peer.tcp.terminateSilently();
            eventually(SOON, () -> "it is not told", () -> !peer.failures.isEmpty());
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void what_cannot_be_taken_over_stays_as_it_was() throws Exception {
        try (Socket client = client(SameThreadIOStrategy.getInstance(), "")) {
            assertThat(upgraded().connection).isSameAs(upgraded().given);
            assertThat(upgraded().ended).isFalse();
        }
    }

    @Test
    void with_TLS_between_it_stays_as_it_was(@TempDir Path temp) throws Exception {
        Certificates certificates = Certificates.make(temp);
        int port = listens(WorkerThreadIOStrategy.getInstance(), certificates.server());
        try (Socket client = certificates.client().getSocketFactory().createSocket("localhost", port)) {
            asks(client, "");
            assertThat(upgraded().connection).isSameAs(upgraded().given);
            assertThat(upgraded().ended).isFalse();
            upgraded().tcp.closeSilently(); // or the client's own close waits for the server's word
        }
    }

    @Test
    void another_server_gives_what_it_gave() throws Exception {
        try (Socket client = client("")) {
            WebConnection given = upgraded().given;
            assertThat(GrizzlyConnection.under(given, Cable.of(new Object()))).isSameAs(given);
        }
    }
}
