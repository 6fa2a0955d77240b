package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Eventually;
import org.pocketsocket.test.HttpTalker;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;
import org.pocketsocket.test.Vitals;

/** What {@link DoorsContract} says of every door, and what only the doors without a WebSocket have to keep. */
class HttpDoorsIT {

    private static final String POLL = "/pocket/poll";
    private static final String EVENTS = "/pocket/events";

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.with("-e").jvm(DoorsContract.SETTINGS).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpTalker open(String door) {
        return door.equals(POLL) ? HttpTalker.polling(server.uri(door)) : HttpTalker.streaming(server.uri(door));
    }

    @ParameterizedTest
    @ValueSource(strings = {POLL, EVENTS})
    void relays_and_echoes_and_gives_a_receipt_PS5_PS10_PS11(String door) {
        String art = "{\"id\":\"0.lchkqdo\",\"message\":\"Art can be very abstract.\",\"data\":{}}";
        try (HttpTalker a = open(door);
                Talker b = Talker.to(server.webSocket("/pocket"))) {
            b.asks("chat.none", "1");
            a.says(art);
            assertThat(b.awaits(art::equals)).isEqualTo(art);
            a.awaits(art);
            a.awaits("\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0.lchkqdo\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {POLL, EVENTS})
    void brings_a_channels_events_in_order_from_every_door_to_every_door(String door) {
        try (HttpTalker a = open(door);
                Talker b = Talker.to(server.webSocket("/pocket/direct"))) {
            a.asks("chat.enter", "{\"name\":\"a" + a.session() + "\"}");
            b.asks("chat.enter", "{\"name\":\"b" + a.session() + "\"}");
            IntStream.range(0, 200)
                    .forEach(i -> b.says("{\"message\":\"chat.say\",\"data\":{\"text\":\"" + door + " " + i + ".\"}}"));
            a.awaits(door + " 199.");
            assertThat(a.got().stream()
                            .filter(text -> text.contains("chat.said"))
                            .map(text -> text.replaceAll(".* (\\d+)\\..*", "$1")))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 200).mapToObj(String::valueOf).toList());
            assertThat(a.asks("chat.say", "{\"text\":\"grüße, 世界 🌍\"}")).contains("\"data\":{\"at\":");
            b.awaits("grüße, 世界 🌍");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {POLL, EVENTS})
    void answers_bad_input_with_a_code_and_goes_on(String door) {
        try (HttpTalker a = open(door)) {
            a.says("{\"id\":1,\"message\":5}").awaits("\"messageId\":1,\"code\":4400,\"error\":\"invalid_packet\"");
            assertThat(a.asks("chat.nope", "1")).contains("\"code\":4404,\"error\":\"no_such_method\"");
            assertThat(a.post("{\"session\":5}").getInt("code")).isEqualTo(4400);
            assertThat(a.post("[").getInt("code")).isEqualTo(4400);
            assertThat(a.post("{\"session\":\"nobody\",\"ack\":0}").getInt("code"))
                    .isEqualTo(4404);
            assertThat(a.post("{\"session\":\"" + a.session() + "\",\"batch\":99,\"messages\":[\"x\"]}")
                            .getInt("code"))
                    .isEqualTo(4409);
            assertThat(a.post("x".repeat((1 << 20) + 1)).getInt("code")).isEqualTo(4400);
            assertThat(a.asks("chat.none", "1")).contains("4404");
            a.says("x".repeat(65_537));
            assertThat(a.awaitsClose()).isEqualTo(1009);
        }
    }

    @Test
    void a_repeated_batch_is_handled_once_and_one_that_came_in_part_not_at_all() throws IOException {
        try (HttpTalker a = open(POLL);
                RawTalker half = new RawTalker(server.uri("/"))) {
            String batch = "{\"session\":\"" + a.session() + "\",\"batch\":1,\"messages\":[\"once only\",\"and two\"]}";
            String head = "POST " + POLL + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + batch.length() + "\r\n\r\n";
            half.sends((head + batch.substring(0, batch.length() - 5)).getBytes(StandardCharsets.UTF_8));
            half.vanishes();
            for (int i = 0; i < 3; i++) {
                assertThat(a.post(batch).getInt("batch")).isEqualTo(1);
            }
            a.awaits("and two");
            assertThat(a.got().stream().filter("once only"::equals)).hasSize(1);
        }
    }

    @Test
    void what_a_poll_took_comes_again_until_it_is_acknowledged() {
        HttpTalker a = HttpTalker.polling(server.uri(POLL));
        a.vanishes();
        String s = "{\"session\":\"" + a.session() + "\"";
        a.post(s + ",\"batch\":1,\"messages\":[\"milk\"]}");
        String first = a.post(s + ",\"ack\":0}").toString();
        assertThat(first).contains("milk");
        assertThat(a.post(s + ",\"ack\":0}").toString()).contains("milk");
        int last = a.post(s + ",\"ack\":0}").getInt("last");
        a.post(s + ",\"batch\":2,\"messages\":[\"tea\"]}");
        String next = "";
        while (!next.contains("tea")) { // its receipt may come in a poll of its own before it
            JsonObject mail = a.post(s + ",\"ack\":" + last + "}");
            last = mail.getInt("last");
            next = mail.toString();
            assertThat(next).contains("messages").doesNotContain("milk");
        }
        assertThat(a.post(s + ",\"ack\":0}").getInt("code"))
                .as("that was let go")
                .isEqualTo(4409);
    }

    @Test
    void a_stream_that_broke_off_goes_on_behind_its_last_event_id() throws Exception {
        try (RawTalker stream = new RawTalker(server.uri("/"))) {
            String get = "GET " + EVENTS + "?channel=ticker HTTP/1.1\r\nHost: x\r\n";
            stream.sends((get + "\r\n").getBytes(StandardCharsets.US_ASCII));
            stream.head();
            String id = stream.until("\"no\":").replaceAll("(?s).*id: (\\S+)\n.*", "$1");
            assertThat(id).endsWith(".1");
            stream.vanishes();
            try (RawTalker again = new RawTalker(server.uri("/"))) {
                again.sends((get + "Last-Event-ID: " + id + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                again.head();
                assertThat(again.until("\"no\":"))
                        .contains("id: " + id.replaceFirst("1$", "2"))
                        .doesNotContain("event: session");
            }
        }
    }

    @Test
    void who_subscribes_by_the_address_only_reads_and_hears_of_nothing_else() throws Exception {
        try (RawTalker stream = new RawTalker(server.uri("/"));
                Talker other = Talker.to(server.webSocket("/pocket"))) {
            stream.sends(("GET " + EVENTS + "?channel=ticker HTTP/1.1\r\nHost: x\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String session = stream.until("\"session\":").replaceAll("(?s).*\"session\":\"([^\"]+)\".*", "$1");
            other.says("relayed");
            assertThat(stream.until("\"no\":")).doesNotContain("relayed").doesNotContain("connected\"");
            HttpTalker door = HttpTalker.polling(server.uri(POLL));
            assertThat(door.post("{\"session\":\"" + session + "\",\"batch\":1,\"messages\":[\"x\"]}")
                            .getInt("code"))
                    .isEqualTo(4403);
            door.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {POLL, EVENTS})
    void others_hear_when_somebody_goes_or_is_heard_of_no_more(String door) {
        try (Talker b = Talker.to(server.webSocket("/pocket"))) {
            HttpTalker a = open(door);
            b.asks("chat.enter", "{\"name\":\"w" + a.session() + "\"}");
            a.asks("chat.enter", "{\"name\":\"a" + a.session() + "\"}");
            a.close();
            b.awaits("{\"message\":\"chat.left\",\"data\":{\"name\":\"a" + a.session() + "\"}}");
            HttpTalker lost = open(POLL);
            lost.asks("chat.enter", "{\"name\":\"l" + lost.session() + "\"}");
            lost.vanishes();
            b.awaits("{\"message\":\"chat.left\",\"data\":{\"name\":\"l" + lost.session() + "\"}}");
        }
    }

    @Test
    void stays_while_polls_are_held_and_pinged() {
        try (HttpTalker a = open(POLL);
                HttpTalker b = open(EVENTS);
                Talker clock = Talker.to(server.webSocket("/pocket"))) {
            clock.asks("socket.join", "{\"channel\":\"ticker\"}");
            Eventually.eventually(
                    Duration.ofSeconds(15), () -> "no ticks", () -> clock.got().size() > 6);
            assertThat(a.asks("chat.none", "1")).contains("4404");
            assertThat(b.asks("chat.none", "1")).contains("4404");
        }
    }

    @Test
    void a_second_poll_ends_the_first_and_neither_that_nor_a_ping_is_a_mistake() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        URI uri = server.uri(POLL);
        String session = post(http, uri, "{}").join().body().replaceAll(".*(\"session\":\"[^\"]+\").*", "$1");
        CompletableFuture<HttpResponse<String>> first = post(http, uri, "{" + session + ",\"ack\":0}");
        CompletableFuture<HttpResponse<String>> second = post(http, uri, "{" + session + ",\"ack\":0}");
        assertThat(first.get(15, TimeUnit.SECONDS).body()).contains("\"messages\":[");
        assertThat(second.get(15, TimeUnit.SECONDS).body()).contains("\"messages\":[");
        post(http, uri, "{" + session + ",\"close\":true}").join();
        assertThat(server.err()).noneMatch(line -> line.contains("WELD") || line.contains("handler failed"));
    }

    @Test
    void refuses_pages_of_other_origins_and_lets_those_it_knows_read_the_answer() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri(POLL)).POST(HttpRequest.BodyPublishers.ofString("{}"));
        HttpResponse<String> evil = http.send(
                request.copy().header("Origin", "http://evil.example").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(evil.statusCode()).isEqualTo(403);
        assertThat(evil.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<String> good = http.send(
                request.copy().header("Origin", "http://localhost:3000").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(good.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:3000");
    }

    @Test
    void a_thousand_held_polls_hold_no_thread_each() {
        try (Server patient = Server.with()
                .jvm("-Dpocket.heartbeat.interval=5m", "-Dpocket.announce=0")
                .start()) {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            URI uri = patient.uri(POLL);
            List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String session = post(http, uri, "{}").join().body().replaceAll(".*(\"session\":\"[^\"]+\").*", "$1");
                held.add(post(http, uri, "{" + session + ",\"ack\":0}"));
            }
            Vitals vitals = Vitals.of(patient);
            Eventually.eventually(Duration.ofSeconds(15), vitals::toString, () -> vitals.connections() >= 1000);
            assertThat(vitals.threads()).hasSizeLessThan(200);
            assertThat(held).noneMatch(CompletableFuture::isDone);
            patient.terminate(Duration.ofSeconds(10));
            assertThat(held.get(999).join().body()).contains("\"close\":{\"code\":1001");
        }
    }

    private static CompletableFuture<HttpResponse<String>> post(HttpClient http, URI uri, String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
