package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Eventually;
import org.pocketsocket.test.HttpTalker;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;
import org.pocketsocket.test.Talker;

/** Channelstream's API over HTTP, on our own WebSockets and on the server's: CS-1 to CS-33, CS-61, CS-63, CS-80. */
class ChannelstreamIT {

    private static final String SECRET = Shared.SECRET;
    private static final String HEADER = "x-channelstream-secret";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The first with our own engine under {@code /ws}, the second with the server's. */
    private static final Server[] SERVERS = new Server[2];

    @BeforeAll
    static void start() {
        SERVERS[0] = Shared.FIXTURE.server();
        SERVERS[1] = Shared.WITHOUT_DIRECT_DOOR.server();
    }

    // ---- calling

    private static HttpRequest.Builder to(int server, String path) {
        return HttpRequest.newBuilder(SERVERS[server].uri("/").resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> post(int server, String path, String body, String... headers) {
        HttpRequest.Builder request = to(server, path).POST(BodyPublishers.ofString(body.replace('\'', '"')));
        return send((headers.length > 0 ? request.headers(headers) : request.header(HEADER, SECRET)).build());
    }

    private static HttpResponse<String> get(int server, String path) {
        return send(to(server, path).build());
    }

    private static JsonObject call(int server, String path, String body) {
        HttpResponse<String> response = post(server, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.createReader(new StringReader(response.body())).readObject();
    }

    private static String connect(int server, String user, String channel) {
        return call(server, "/connect", "{'user':'" + user + "','channels':['" + channel + "']}")
                .getString("conn_id");
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static Talker socket(int server, String id) {
        return Talker.to(SERVERS[server].webSocket("/ws?conn_id=" + id));
    }

    private static void say(int server, String channel, String text) {
        post(server, "/message", "{'channel':'" + channel + "','user':'x','message':'" + text + "'}");
    }

    // ---- who may call

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connect",
                "/subscribe",
                "/unsubscribe",
                "/message",
                "/user_status",
                "/user_state",
                "/info",
                "/channel_config",
                "/disconnect"
            })
    void a_backend_needs_the_secret_or_a_signature_CS_10(String path) {
        HttpResponse<String> none = post(0, path, "{}", "X-Nothing", "x");
        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(none.body()).isEqualTo("{\"error\":\"No secret, and no signature\"}");
        HttpResponse<String> wrong = post(0, path, "{}", HEADER, "wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo("{\"request\":\"Bad Signature\"}");
    }

    @Test
    void the_secret_itself_is_not_taken_from_the_address_CS_10_D10() {
        assertThat(post(0, "/info?secret=" + SECRET, "{}", "X-Nothing", "x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_signature_is_good_for_one_path_for_a_minute_and_what_is_refused_changes_nothing_CS_11() throws Exception {
        String channel = fresh();
        String body = "{'user':'ada','channels':['" + channel + "']}";
        long now = Instant.now().getEpochSecond();
        for (String signature : List.of(
                signature(SECRET, "/info", now),
                signature(SECRET, "/connect", now - 62),
                signature(SECRET, "/connect", now + 600),
                signature("another secret", "/connect", now),
                signature(SECRET, "/connect", now).replace('.', ','),
                "." + now)) {
            HttpResponse<String> response = post(0, "/connect", body, HEADER, signature);
            assertThat(response.statusCode()).as(signature).isEqualTo(401);
            assertThat(response.body()).isEqualTo("{\"request\":\"Bad Signature\"}");
        }
        assertThat(call(0, "/info", "{'channels':['" + channel + "']}").getJsonObject("channels"))
                .isEmpty();
        assertThat(post(0, "/connect", body, HEADER, signature(SECRET, "/connect", now))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String signature(String secret, String path, long second) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] bytes = mac.doFinal((path + '.' + second).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(bytes) + '.' + second;
    }

    @Test
    void calls_from_other_addresses_are_refused_and_from_listed_ones_not_CS_1_CS_3() {
        try (Server other = Server.with()
                .jvm("-Dpocket.stream.secret=" + SECRET, "-Dpocket.stream.from=192.0.2.1", "-Dpocket.stream.https=true")
                .start()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(other.uri("/info"))
                    .POST(BodyPublishers.ofString("{}"))
                    .header(HEADER, SECRET);
            assertThat(send(request.copy().build()).statusCode()).isEqualTo(406); // CS-15
            HttpResponse<String> response =
                    send(request.header("X-Scheme", "https").build());
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).isEqualTo("{\"error\":\"Posting from this address is not allowed\"}");
        }
    }

    @Test
    void without_a_secret_it_is_closed_to_backends_and_the_demo_works_all_the_same_CS_80() {
        Server closed = Shared.PLAIN.server();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(closed.uri("/info")).POST(BodyPublishers.ofString("{}"));
        assertThat(send(request.copy().header(HEADER, "").build()).statusCode()).isEqualTo(403);
        assertThat(send(request.copy().header(HEADER, "secret").build()).statusCode())
                .isEqualTo(403);
        HttpResponse<String> response = send(HttpRequest.newBuilder(closed.uri("/demo/connect"))
                .POST(BodyPublishers.ofString("{}"))
                .build());
        JsonObject ada = Json.createReader(new StringReader(response.body())).readObject();
        assertThat(ada.getString("username")).matches("anon_[1-9][0-9]{0,5}");
        for (String path : List.of("/demo", "/demo/")) {
            HttpResponse<String> page =
                    send(HttpRequest.newBuilder(closed.uri(path)).build());
            assertThat(page.statusCode()).isEqualTo(303);
            assertThat(page.headers().firstValue("Location")).hasValue("/demo/stream.html");
        }
        try (Talker page = Talker.to(closed.webSocket("/ws?conn_id=" + ada.getString("conn_id")))) {
            String said =
                    "{\"conn_id\":\"" + ada.getString("conn_id") + "\",\"channel\":\"pub_chan\",\"message\":\"hello\"}";
            send(HttpRequest.newBuilder(closed.uri("/demo/message"))
                    .POST(BodyPublishers.ofString(said))
                    .build());
            page.awaits("\"message\":{\"text\":\"hello\"},\"channel\":\"pub_chan\"");
        }
    }

    // ---- bad calls

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/connect | { | 400 | {'error':'The body is not JSON, or nested too deep'}",
                "/message | [1,] | 400 | {'error':'The body is not JSON, or nested too deep'}",
                "/connect | {} | 400 | {'error':'No username specified'}",
                "/connect | [] | 422 | {'_schema':['Invalid input type.']}",
                "/message | 17 | 422 | {'_schema':['Invalid input type.']}",
                "/subscribe | {'conn_id':'x','channels':['a']} | 403 | {'error':'Unknown connection'}",
                "/user_state | {'user':'nobody'} | 422 | {'user':['Unknown user']}",
                "/disconnect | {} | 422 | {'conn_id':['Missing data for required field.']}"
            })
    void what_does_not_fit_is_refused_with_a_status_and_an_error(String path, String body, int status, String error) {
        HttpResponse<String> response = post(0, path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(error.replace('\'', '"'));
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void a_body_that_is_too_large_or_no_text_is_refused() {
        String large = "{'channel':'a','user':'x','message':'" + "x".repeat(9000) + "'}";
        assertThat(post(0, "/message", large).statusCode()).isEqualTo(413);
        HttpResponse<String> response = send(to(0, "/message")
                .header(HEADER, SECRET)
                .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'}))
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(post(0, "/message", "[".repeat(4000)).statusCode()).isEqualTo(400);
    }

    @Test
    void other_methods_are_not_taken_and_the_answer_says_which_are() {
        HttpResponse<String> response =
                send(to(0, "/message").header(HEADER, SECRET).build());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST, PATCH, DELETE");
        assertThat(post(0, "/listen", "{}").statusCode()).isEqualTo(405);
        assertThat(post(0, "/ws", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void pages_of_other_origins_may_read_answers_as_far_as_they_are_listed_CS_15() {
        assertThat(allowed(get(0, "/listen?conn_id=none"))).isEqualTo("*");
        assertThat(allowed(send(to(1, "/info")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build())))
                .isEmpty();
        HttpResponse<String> options = send(to(1, "/message")
                .header("Origin", "https://a.example")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(allowed(options)).isEqualTo("https://a.example");
    }

    private static String allowed(HttpResponse<String> response) {
        return response.headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    // ---- /ws

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_websocket_gets_lists_and_heartbeats_CS_32_CS_50_CS_63(int server) {
        String channel = fresh();
        String id = connect(server, "ada", channel);
        try (Talker ada = socket(server, id)) {
            ada.says("{\"type\":\"heartbeat\"}");
            ada.awaits("[]"::equals); // from here on it is there for sure
            say(server, channel, "one");
            String text = ada.awaits("one");
            assertThat(text).startsWith("[{\"uuid\":").endsWith("\"catchup\":false}]");
            IntStream.range(0, 200).forEach(i -> say(server, channel, "n" + i + "."));
            ada.awaits("n199.");
            assertThat(numbers(ada.got()))
                    .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
        }
        String end = "/disconnect?conn_id=" + id;
        Eventually.eventually(Duration.ofSeconds(15), () -> "it is there still", () -> get(server, end)
                .body()
                .equals("false")); // CS-61
    }

    private static List<Integer> numbers(List<String> lists) {
        return java.util.regex.Pattern.compile("\"n(\\d+)\\.\"")
                .matcher(String.join("", lists))
                .results()
                .map(number -> Integer.valueOf(number.group(1)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_websocket_that_nobody_announced_is_closed_at_once_CS_32(int server) throws Exception {
        try (Talker nobody = socket(server, "none")) {
            assertThat(nobody.awaitsClose()).isEqualTo(4404);
        }
    }

    @Test
    void a_plain_request_at_the_websockets_path_is_told_so() {
        for (int server : new int[] {0, 1}) {
            assertThat(get(server, "/ws?conn_id=x").statusCode()).isEqualTo(426);
            assertThat(get(server, "/ws?conn_id=x").body()).isEqualTo("{\"error\":\"This is for WebSockets\"}");
        }
    }

    // ---- /listen

    @Test
    void a_poll_waits_gathers_and_answers_with_a_list_CS_31() throws Exception {
        String channel = fresh();
        String id = "";
        String body = "";
        for (int i = 0; i < 20 && !body.contains("},{"); i++) { // a busy machine may say the second too late
            id = connect(0, "ada", channel);
            CompletableFuture<HttpResponse<String>> poll =
                    HTTP.sendAsync(to(0, "/listen?conn_id=" + id).build(), BodyHandlers.ofString());
            while (!poll.isDone()) {
                say(0, channel, "m");
            }
            body = poll.get().body();
        }
        assertThat(body).startsWith("[{\"uuid\":").contains("},{").endsWith("]");
        say(0, channel, "while nobody listened");
        assertThat(get(0, "/listen?conn_id=" + id).body())
                .contains("while nobody listened")
                .contains("\"catchup\":true"); // CS-42
    }

    @Test
    void a_poll_without_anything_is_answered_empty_and_as_a_script_if_wanted_CS_31() {
        String id = connect(0, "ada", fresh());
        long start = System.nanoTime();
        HttpResponse<String> response = get(0, "/listen?conn_id=" + id + "&callback=app.heard");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(4500L, 15_000L);
        assertThat(response.body()).isEqualTo("app.heard([])");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/javascript;charset=utf-8");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(get(0, "/listen?conn_id=" + id + "&callback=alert(1)//").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_poll_that_nobody_announced_is_refused_CS_31() {
        assertThat(get(0, "/listen?conn_id=none").statusCode()).isEqualTo(401);
        assertThat(get(0, "/listen").statusCode()).isEqualTo(401);
    }

    @Test
    void a_browser_may_end_its_connection_itself_CS_22() {
        String id = connect(0, "ada", fresh());
        assertThat(get(0, "/disconnect?conn_id=" + id).body()).isEqualTo("true");
        assertThat(get(0, "/disconnect?conn_id=none").body()).isEqualTo("false");
        assertThat(get(0, "/disconnect").statusCode()).isEqualTo(422);
    }

    // ---- one hub

    @Test
    void messages_reach_the_members_of_any_channel_over_every_door() {
        try (Talker pocket = Talker.to(SERVERS[0].webSocket("/pocket"));
                HttpTalker events = HttpTalker.streaming(SERVERS[0].uri("/pocket/events"))) {
            pocket.asks("chat.enter", "{\"name\":\"s1\"}");
            events.asks("chat.enter", "{\"name\":\"s2\"}");
            post(0, "/message", "{'channel':'chat/','event':'news','user':'x','message':{'text':'extra'}}");
            String data = "\"data\":{\"text\":\"extra\"}}";
            String news = pocket.awaits(text -> text.startsWith("{\"message\":\"chat.news\"") && text.endsWith(data));
            events.awaits(news);
        }
    }

    @Test
    void edits_and_deletions_come_by_their_own_methods_CS_24_CS_25() {
        String channel = fresh();
        try (Talker ada = socket(0, connect(0, "ada", channel))) {
            String uuid = UUID.randomUUID().toString();
            String about = "[{\"uuid\":\"" + uuid + "\",\"channel\":\"" + channel + "\",\"message\":\"new\"}]";
            for (String method : List.of("PATCH", "DELETE")) {
                HttpRequest.Builder request = to(0, "/message").header(HEADER, SECRET);
                HttpResponse<String> response = send(
                        request.method(method, BodyPublishers.ofString(about)).build());
                assertThat(response.statusCode()).as(method + response.body()).isEqualTo(200);
                assertThat(response.body()).contains(uuid);
                assertThat(post(0, "/message", about, HEADER, SECRET, "X-HTTP-Method-Override", method)
                                .body())
                        .contains("message:" + (method.equals("PATCH") ? "edit" : "delete"));
            }
            ada.awaits("message:edit");
            ada.awaits("message:delete");
        }
    }

    @Test
    void the_api_is_described_and_can_be_tried_on_a_page_of_its_own_CS_33() {
        JsonObject api = Json.createReader(
                        new StringReader(get(0, "/openapi.json").body()))
                .readObject();
        assertThat(api.getString("openapi")).startsWith("3.");
        assertThat(api.getJsonObject("paths"))
                .containsKeys(
                        "/connect",
                        "/disconnect",
                        "/subscribe",
                        "/unsubscribe",
                        "/message",
                        "/user_status",
                        "/user_state",
                        "/info",
                        "/channel_config",
                        "/listen",
                        "/ws");
        HttpResponse<String> page = get(0, "/api-explorer");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body())
                .contains("api-explorer.js")
                .doesNotContain("http://")
                .doesNotContain("https://");
        assertThat(get(0, "/api-explorer.js").statusCode()).isEqualTo(200);
        assertThat(get(0, "/api-explorer.css").statusCode()).isEqualTo(200);
    }

    // ---- somebody else's program

    /** Its requests, in its order; the browser's half goes without a secret. */
    @Test
    void what_channelstreams_own_browser_class_does_is_answered_as_it_wants_it_CS_81() {
        String channel = fresh();
        String other = fresh();
        String id = connect(0, "ada", channel);
        JsonObject more = call(0, "/subscribe", "{'conn_id':'" + id + "','channels':['" + other + "']}");
        assertThat(more.getJsonArray("subscribed_to").getString(0)).isEqualTo(other);
        String post = "[{'uuid':'0d3c19a0-7a3f-4b3c-9c25-6b0e4d9c2f11','channel':'" + channel
                + "','user':'ada','message':{'text':'one'}}]";
        try (Talker ada = socket(0, id)) {
            ada.says("{\"type\":\"heartbeat\"}");
            post(0, "/message", post);
            ada.awaits("\"message\":{\"text\":\"one\"}");
            HttpRequest.Builder edit = to(0, "/message").header(HEADER, SECRET);
            send(edit.method(
                            "PATCH",
                            BodyPublishers.ofString(post.replace('\'', '"').replace("one", "two")))
                    .build());
            ada.awaits("message:edit");
            call(0, "/user_state", "{'user':'ada','user_state':{'color':'red'},'state_public_keys':['color']}");
            assertThat(call(0, "/unsubscribe", "{'conn_id':'" + id + "','channels':['" + other + "']}")
                            .getJsonArray("channels"))
                    .hasSize(1);
        }
        String polling = connect(0, "ada", channel); // where no WebSocket goes through
        CompletableFuture<HttpResponse<String>> poll =
                HTTP.sendAsync(to(0, "/listen?conn_id=" + polling).build(), BodyHandlers.ofString());
        Eventually.eventually(Duration.ofSeconds(10), () -> "nothing heard", () -> {
            say(0, channel, "by a poll");
            return poll.isDone();
        });
        assertThat(poll.join().body()).contains("by a poll");
        assertThat(get(0, "/disconnect?conn_id=" + polling).body()).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_python_program_written_against_channelstreams_api_works_unchanged(int server) throws Exception {
        requirePython();
        Path said = Files.createTempFile("channelstream", ".log");
        URI root = SERVERS[server].uri("/");
        Process process = new ProcessBuilder(
                        "python3", "src/test/python/channelstream_client.py", root.toString(), SECRET)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        Files.delete(said);
        assertThat(ended).as(text).isTrue();
        assertThat(text).endsWith("all is well\n");
    }

    private static void requirePython() throws InterruptedException {
        String why = "python3 with its package requests is not installed: .ci/run does that";
        try {
            if (new ProcessBuilder("python3", "-c", "import requests").start().waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            why = "python3 cannot be run: " + e.getMessage();
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError(why);
        }
        abort("skipped: " + why);
    }
}
