package org.pocketsocket.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loads against a server in this process, that knows what it sent. */
class LoadTest {

    private static final Window SHORT = new Window(0.1, 0.4);

    private final Echo echo = new Echo();

    @BeforeEach
    void start() throws InterruptedException {
        echo.start();
        assertThat(echo.started.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        echo.stop(1000);
    }

    @Test
    void asks_and_hears_answers() {
        try (Ask ask = new Ask(target("/"), 5)) {
            Figures figures = ask.gather().measure(SHORT);
            assertThat(figures.perSecond() * SHORT.seconds()).isBetween(10.0, (double) echo.said.get());
            assertThat(figures.delay().p50())
                    .isPositive()
                    .isLessThanOrEqualTo(figures.delay().p99());
        }
    }

    @Test
    void fans_out_to_all_and_counts_each_delivery() {
        try (FanOut fanOut = new FanOut(target("/"), new FanOut.Shape(10, 0, 2))) {
            Figures figures = fanOut.gather().measure(4, SHORT);
            assertThat(figures.perSecond() * SHORT.seconds()).isBetween(100.0, (double) echo.sent.get());
            assertThat(figures.cpuMicros()).isPositive();
            assertThat(figures.residentKb()).isPositive();
        }
    }

    @Test
    void answers_pings_while_idle() {
        echo.pings = true;
        try (Idle idle = new Idle(target("/"))) {
            Idle.Rest rest = idle.measure(7, 5, 1);
            assertThat(rest.pinged()).isEqualTo(7);
            assertThat(rest.there()).isEqualTo(7);
            assertThat(echo.pongs).hasValue(7);
        }
    }

    @Test
    void says_so_when_nobody_is_there_or_lets_it_in() {
        try (Idle idle = new Idle(target("/no"))) {
            assertThatThrownBy(() -> idle.join(1)).hasMessageContaining("0 of 1 clients of /no got ready");
        }
    }

    private Target target(String path) {
        return new Target(echo.getPort(), ProcessHandle.current().pid(), Dialect.pocket(path));
    }

    /** Speaks as much pocket as the loads do. */
    private static final class Echo extends WebSocketServer {

        private final CountDownLatch started = new CountDownLatch(1);
        private final AtomicLong said = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong pongs = new AtomicLong();
        private volatile boolean pings;

        Echo() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            setConnectionLostTimeout(0);
        }

        @Override
        public void onOpen(WebSocket client, ClientHandshake handshake) {
            if (handshake.getResourceDescriptor().equals("/no")) {
                client.close(1008);
            } else if (pings) {
                client.sendPing();
            }
        }

        @Override
        public void onMessage(WebSocket client, String message) {
            if (message.contains("echo.shout")) {
                sent.addAndGet(getConnections().size());
                broadcast(message);
            } else {
                said.incrementAndGet();
                client.send(message.replace("socket.join", "\"socket\":\"sent\""));
            }
        }

        @Override
        public void onWebsocketPong(WebSocket client, org.java_websocket.framing.Framedata frame) {
            pongs.incrementAndGet();
        }

        @Override
        public void onClose(WebSocket client, int code, String reason, boolean remote) {
            // not of interest
        }

        @Override
        public void onError(WebSocket client, Exception failure) {
            // a client that is aborted
        }

        @Override
        public void onStart() {
            started.countDown();
        }
    }
}
