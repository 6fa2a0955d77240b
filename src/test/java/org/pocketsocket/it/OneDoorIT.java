package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.RawTalker;

/** Each door does without the other. */
class OneDoorIT {

    private static String refusal(DoorsContract contract, String door) throws IOException {
        String request = "GET " + contract.uri(door).getPath() + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket"
                + "\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        try (RawTalker talker = new RawTalker(contract.uri("/"))) {
            return talker.sends(request.getBytes("US-ASCII")).head();
        }
    }

    @Nested
    class Standard extends DoorsContract {

        Standard() {
            super(List.of("/pocket"), "-Dpocket.direct.door=off", "-Dpocket.http.poll=off", "-Dpocket.http.events=off");
        }

        @Test
        void theDirectDoorSaysThatItIsOff() throws IOException {
            assertThat(refusal(this, "/pocket/direct")).startsWith("HTTP/1.1 501");
            assertThat(refusal(this, "/")).startsWith("HTTP/1.1 501");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/pocket/poll", "/pocket/events"})
        void a_door_without_a_WebSocket_that_is_off_says_so(String door) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(uri(door))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            int status = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isEqualTo(501);
        }
    }

    /** On the servlet's streams, as it has to be with TLS and on most servers. */
    @Nested
    class Direct extends DoorsContract {

        Direct() {
            super(List.of("/pocket/direct", "/"), "-Dpocket.standard.door=off", "-Dpocket.direct.bare=off");
        }

        @Test
        void theStandardDoorRefuses() throws IOException {
            assertThat(refusal(this, "/pocket")).startsWith("HTTP/1.1 403");
        }
    }
}
