package org.pocketsocket.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Rejection;
import org.pocketsocket.it.beans.One;
import org.pocketsocket.test.Talker;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** One channel bean, unchanged, through both doors and in memory. GS-2: the same whatever carries it. */
@ArquillianTest
@RunAsClient
@Tag("alone")
class OneBeanIT {

    @ArquillianResource
    private URL base;

    /** One client's line to the bean, whatever it is made of. Texts are JSON. */
    private interface Line extends AutoCloseable {

        /** The acknowledgement, or the error's name. */
        String asks(String event, String data);

        /** The payload of an event that comes. */
        String awaits(String event);

        @Override
        void close();
    }

    private record Wired(Talker talker) implements Line {

        @Override
        public String asks(String event, String data) {
            String receipt = talker.asks(event, data);
            var read = jakarta.json.Json.createReader(new StringReader(receipt)).readObject();
            return read.containsKey("error") ? read.getString("error") : String.valueOf(read.get("data"));
        }

        @Override
        public String awaits(String event) {
            String start = "{\"message\":\"" + event + "\",\"data\":";
            String text = talker.awaits(start);
            return text.substring(start.length(), text.length() - 1);
        }

        @Override
        public void close() {
            talker.close();
        }
    }

    private record InMemory(TestClient client) implements Line {

        @Override
        public String asks(String event, String data) {
            try {
                var payload =
                        jakarta.json.Json.createReader(new StringReader(data)).readValue();
                return String.valueOf(client.ask(event, payload, JsonValue.class));
            } catch (Rejection no) {
                return no.error();
            }
        }

        @Override
        public String awaits(String event) {
            return String.valueOf(client.next(event, JsonValue.class));
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private Supplier<Line> door(String path) {
        URI uri = URI.create(base.toString().replaceFirst("http", "ws") + path);
        return () -> new Wired(Talker.to(uri));
    }

    @Test
    void theStandardDoorServesTheBean() throws Exception {
        serves(door("pocket"));
    }

    @Test
    void theDirectDoorServesTheBean() throws Exception {
        serves(door("pocket/direct"));
    }

    @Test
    void theTestKitServesTheBean() throws Exception {
        try (TestPocket pocket = TestPocket.of(new One())) {
            serves(() -> new InMemory(pocket.connect()));
        }
    }

    private static void serves(Supplier<Line> lines) throws Exception {
        try (Line ada = lines.get();
                Line bob = lines.get()) {
            assertEquals("\"welcome\"", ada.asks("socket.join", "{\"channel\":\"one\"}"));
            assertEquals("\"welcome\"", bob.asks("socket.join", "{\"channel\":\"one\"}"));
            assertEquals("{\"size\":3,\"text\":\"hi!\"}", ada.asks("one.line", "{\"text\":\"hi\",\"size\":2}"));
            assertEquals("invalid_method_args", ada.asks("one.line", "5"));
            assertEquals("no_such_method", ada.asks("one.nope", "5"));
            assertEquals("taken", ada.asks("one.refuse", "{}"));
            ada.asks("one.say", "\"grüße 🌍\"");
            assertEquals("\"grüße 🌍\"", bob.awaits("one.said"));
            aSleeperDelaysNobodyElse(ada, bob);
            bob.asks("socket.leave", "{\"channel\":\"one\"}");
            assertEquals("\"LEFT\"", ada.awaits("one.left"));
        }
    }

    /** Forty round trips in the sleeper's two seconds: 50 ms each, at most. */
    private static void aSleeperDelaysNobodyElse(Line sleeper, Line awake) throws Exception {
        CompletableFuture<String> nap = CompletableFuture.supplyAsync(() -> sleeper.asks("one.nap", "{}"));
        awake.awaits("one.napping");
        for (int i = 0; i < 40; i++) {
            awake.asks("one.line", "{\"text\":\"hi\",\"size\":2}");
            assertFalse(nap.isDone(), "the sleeper was awake after round trip " + i);
        }
        awake.asks("one.wake", "{}");
        assertEquals("true", nap.get(20, TimeUnit.SECONDS));
    }
}
