package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.test.HttpTalker;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;

/** All doors open: the contract, and what the direct door does better. */
class DoorsIT extends DoorsContract {

    DoorsIT() {
        super(List.of("/pocket", "/pocket/direct", "/"));
    }

    private String path(String door) {
        return uri(door).getPath();
    }

    @Test
    void theDirectDoorReadsWhatCameInOneSegmentWithTheHandshake() {
        try (RawTalker a = new RawTalker(uri("/"))) {
            a.opens(path("/pocket/direct"), masked("hi"));
            assertThat(new String(a.frame(), StandardCharsets.UTF_8)).contains("\"messageId\":2");
        }
    }

    @Test
    void theDirectDoorRefusesWhatTheStandardOneLetsPass() {
        try (RawTalker unmasked = new RawTalker(uri("/"));
                RawTalker huge = new RawTalker(uri("/"));
                RawTalker post = new RawTalker(uri("/"));
                RawTalker keyless = new RawTalker(uri("/"))) {
            assertThat(unmasked.opens(path("/pocket/direct"))
                            .sends(Frames.text("hi"))
                            .closeCode())
                    .isEqualTo(1002);
            byte[] announced = {(byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4};
            assertThat(huge.opens(path("/pocket/direct")).sends(announced).closeCode())
                    .isEqualTo(1009);
            String rest = " " + path("/pocket/direct")
                    + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n";
            post.sends(("POST" + rest + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(post.head()).startsWith("HTTP/1.1 405");
            keyless.sends(("GET" + rest + "Sec-WebSocket-Key: \r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(keyless.head()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void saysGoodbyeAtEveryDoorWhenItStops() {
        Server other = Server.with().start();
        try (Talker a = Talker.to(other.webSocket("/pocket"));
                Talker b = Talker.to(other.webSocket("/pocket/direct"))) {
            HttpTalker c = HttpTalker.polling(other.uri("/pocket/poll"));
            HttpTalker d = HttpTalker.streaming(other.uri("/pocket/events"));
            other.terminate(Duration.ofSeconds(5));
            assertThat(c.awaitsClose()).isEqualTo(1001);
            assertThat(d.awaitsClose()).isEqualTo(1001);
            assertThat(a.awaitsClose()).isEqualTo(1001);
            assertThat(b.awaitsClose()).isEqualTo(1001);
        }
    }
}
