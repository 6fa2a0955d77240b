package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.test.EngineTalker.text;
import static org.pocketsocket.test.Eventually.eventually;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.NodePackages;
import org.pocketsocket.test.RawTalker;
import org.pocketsocket.test.Server;

/** Socket.IO 0.9 of the packaged server: what gevent-socketio's clients may count on, byte by byte, and its own client. */
class OldSocketIoIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String CLIENT = "socket.io-client-0.9/dist/socket.io.js";

    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.with("--channels", "target/pocketsocket-fixture.jar", "--allow-origin", "http://friend.example")
                .jvm("-Dpocket.socketio.old.heartbeat=1s", "-Dpocket.socketio.old.timeout=2s")
                .jvm("-Dpocket.socketio.old.close=2s", "-Dpocket.socketio.old.poll=2s")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // ---- by hand

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri("/") + "socket.io/" + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(String path) {
        return send(at(path));
    }

    private static HttpResponse<String> post(String path, String body) {
        return send(at(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static CompletableFuture<HttpResponse<String>> later(String path) {
        return HTTP.sendAsync(at(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String session() {
        return get("1/").body().split(":")[0];
    }

    private static RawTalker socket(String session) {
        return new RawTalker(server.uri("/")).opens("/socket.io/1/websocket/" + session);
    }

    /** One whose greetings are behind it. */
    private static RawTalker connected() {
        RawTalker socket = socket(session());
        assertThat(text(socket)).isEqualTo("1::");
        assertThat(said(socket)).isEqualTo("5:::{\"name\":\"hello\",\"args\":[\"main\"]}");
        return socket;
    }

    /** The next packet that is no heartbeat. */
    private static String said(RawTalker socket) {
        String text = text(socket);
        while (text.equals("2::")) {
            socket.says("2::");
            text = text(socket);
        }
        return text;
    }

    /** What polls bring, until this is among it. */
    private static String polled(String path, String wanted) {
        String got = "";
        while (!got.contains(wanted)) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            got += answer.body();
        }
        return got;
    }

    // ---- the handshake

    @Test
    void the_handshake_names_session_times_and_transports_SP_1_SP_2_GS_70_GS_71_GS_72_GS_75_GS_77() {
        HttpResponse<String> answer = get("1/?t=1&mine=2");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(answer.body()).matches("[A-Za-z0-9_-]{22}:2:2:websocket,xhr-polling,jsonp-polling");
        assertThat(post("1/", "").body()).matches(".*:2:2:websocket,xhr-polling,jsonp-polling");
    }

    @Test
    void who_may_not_come_in_learns_so_SP_3() {
        assertThat(get("1/?deny=1").statusCode()).isEqualTo(403);
        assertThat(get("1/?deny=1").body()).isEqualTo("handshake unauthorized");
        assertThat(get("2/").statusCode()).isEqualTo(500);
        assertThat(get("2/").body()).isEqualTo("Protocol version not supported.");
        assertThat(get("").body()).isEqualTo("Welcome to socket.io.");
        HttpResponse<String> stranger = send(at("1/").header("Origin", "http://stranger.example"));
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(stranger.body()).isEqualTo("handshake bad origin");
    }

    @Test
    void a_script_element_may_shake_hands_SP_4() {
        HttpResponse<String> answer = get("1/?jsonp=3");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/javascript");
        assertThat(answer.body()).matches("io\\.j\\[3]\\(\"[^\"]+:2:2:websocket,xhr-polling,jsonp-polling\"\\);");
        assertThat(get("1/?jsonp=alert(1)").body()).startsWith("io.j[0](");
        assertThat(get("1/?jsonp=0&deny=1").body()).isEqualTo("io.j[0](new Error(\"handshake unauthorized\"));");
    }

    @Test
    void pages_of_friends_may_come_with_their_cookies_SP_5() {
        HttpResponse<String> friend = send(at("1/").header("Origin", "http://friend.example"));
        assertThat(friend.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://friend.example");
        assertThat(friend.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        HttpRequest.Builder asks = at("1/xhr-polling/x").header("Origin", "http://friend.example");
        HttpResponse<String> preflight = send(asks.method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
    }

    // ---- sessions

    @Test
    void a_session_waits_for_its_transport_and_not_for_ever_SP_6_SP_8_GS_79() {
        String session = session();
        assertThat(get("1/xhr-polling/" + session).body()).isEqualTo("1::");
        eventually(
                Duration.ofSeconds(10),
                () -> "it is still there",
                () -> post("1/xhr-polling/" + session + "?t=1", "").statusCode() == 400 || waits(2500));
        assertThat(get("1/xhr-polling/unknown").statusCode()).isEqualTo(400);
        assertThat(get("1/websocket/unknown").statusCode()).isEqualTo(400);
        assertThat(get("1/flashsocket/" + session()).statusCode()).isEqualTo(400); // SP-28: not offered
        assertThat(get("1/htmlfile/" + session()).statusCode()).isEqualTo(400);
    }

    /** Every request is a sign of life, so the next one has to come late. */
    private static boolean waits(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/xhr-polling/%s?disconnect", "1//%s/?disconnect=1", "1/websocket/%s?disconnect"})
    void a_session_is_ended_by_a_request_SP_7(String path) {
        String session = session();
        get("1/xhr-polling/" + session);
        assertThat(get(path.formatted(session)).statusCode()).isEqualTo(200);
        assertThat(get("1/xhr-polling/" + session).statusCode()).isEqualTo(400);
    }

    @Test
    void what_is_sent_while_a_transport_is_gone_waits_for_the_next_SP_6() {
        String session = session();
        try (RawTalker socket = socket(session)) {
            assertThat(text(socket)).isEqualTo("1::");
            assertThat(said(socket)).contains("hello");
        }
        assertThat(post("1/xhr-polling/" + session, "3:::later").body()).isEqualTo("1");
        assertThat(polled("1/xhr-polling/" + session, "later")).endsWith("3:::later");
    }

    // ---- over a WebSocket

    @Test
    void every_packet_has_its_answer_SP_10_SP_12_SP_13_SP_14_SP_15_SP_29_GS_50() {
        try (RawTalker socket = connected()) {
            assertThat(said(socket.says("3:::woot:woot"))).isEqualTo("3:::woot:woot");
            assertThat(said(socket.says("4:::{\"a\":\"b\"}"))).isEqualTo("4:::{\"a\":\"b\"}");
            assertThat(said(socket.says("5:::{\"name\":\"echo\",\"args\":[1,\"a+b\"]}")))
                    .isEqualTo("5:::{\"name\":\"echo-back\",\"args\":[1,\"a+b\"]}");
            assertThat(said(socket.says("5:1+::{\"name\":\"echo-ack\",\"args\":[1,2]}")))
                    .isEqualTo("6:::1+[1,2]");
            assertThat(said(socket.says("5:2+::{\"name\":\"join\",\"args\":[\"r\"]}")))
                    .isEqualTo("6:::2+[true]");
            assertThat(said(socket.says("5:::{\"name\":\"room-all\",\"args\":[\"r\",{\"v\":1}]}")))
                    .isEqualTo("5:::{\"name\":\"news\",\"args\":[{\"v\":1}]}");
            assertThat(said(socket.says("0"))).isEqualTo("closed");
        }
    }

    @Test
    void a_plain_id_is_acknowledged_on_receipt_in_order_GS_51_SP_20() {
        try (RawTalker socket = connected()) {
            socket.says("3:1::a").says("3:2::b").says("5:3::{\"name\":\"echo\",\"args\":[]}");
            List<String> said = Stream.generate(() -> said(socket)).limit(6).toList();
            assertThat(said).containsSubsequence("6:::1", "6:::2", "6:::3");
            assertThat(said).containsSubsequence("3:::a", "3:::b", "5:::{\"name\":\"echo-back\"}");
        }
    }

    @Test
    void the_server_asks_and_is_answered_SP_16() {
        try (RawTalker socket = connected()) {
            String question = said(socket.says("5:7+::{\"name\":\"ask-me\",\"args\":[\"tea?\"]}"));
            assertThat(question).matches("5:\\d+\\+::\\{\"name\":\"question\",\"args\":\\[\"tea\\?\"]}");
            String id = question.substring(2, question.indexOf('+'));
            assertThat(said(socket.says("6:::" + id + "+[\"pl+ease\"]"))).isEqualTo("6:::7+[\"pl+ease\"]");
        }
    }

    @Test
    void namespaces_come_and_go_SP_10_SP_11_GS_1_GS_3_GS_22() {
        try (RawTalker socket = connected()) {
            assertThat(said(socket.says("1::/custom?my=param"))).isEqualTo("1::/custom");
            assertThat(said(socket)).isEqualTo("5::/custom:{\"name\":\"hello\",\"args\":[\"custom\"]}");
            assertThat(said(socket.says("5:1+:/custom:{\"name\":\"echo-ack\",\"args\":[]}")))
                    .isEqualTo("6::/custom:1+[]");
            socket.says("0::/custom");
            assertThat(said(socket.says("3:::still"))).isEqualTo("3:::still");
            assertThat(said(socket.says("1::/custom:?test=1"))).isEqualTo("1::/custom");
            assertThat(said(socket)).contains("custom");
            assertThat(said(socket.says("5::/custom:{\"name\":\"kick\"}"))).isEqualTo("0::/custom");
            assertThat(said(socket.says("5:::{\"name\":\"kick\"}"))).isEqualTo("0::");
            assertThat(said(socket)).isEqualTo("closed");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5:::{\"name\":\"$foo\"} | 5:::{\"name\":\"error\",\"args\":[\"unallowed_event_name\",",
                "5:::{\"name\":\"disconnect\"} | 5:::{\"name\":\"error\",\"args\":[\"unallowed_event_name\",",
                "5:::{\"name\":\"nope\"} | 5:::{\"name\":\"error\",\"args\":[\"no_such_method\",",
                "1::/none | 5::/none:{\"name\":\"error\",\"args\":[\"no_such_namespace\",",
                "99:: | 5:::{\"name\":\"error\",\"args\":[\"invalid_packet\",",
                "5:::{bad | 5:::{\"name\":\"error\",\"args\":[\"invalid_packet\",",
                "hello | 5:::{\"name\":\"error\",\"args\":[\"invalid_packet\","
            })
    void mistakes_have_gevent_socketios_names_GS_40_SP_19_SP_21(String packet, String error) {
        try (RawTalker socket = connected()) {
            assertThat(said(socket.says(packet))).startsWith(error);
            assertThat(said(socket.says("3:::goes on"))).isEqualTo("3:::goes on");
        }
    }

    @Test
    void a_heartbeat_comes_and_silence_is_the_end_SP_12_GS_66() {
        try (RawTalker socket = connected()) {
            assertThat(text(socket)).isEqualTo("2::");
            assertThat(text(socket)).isIn("2::", "closed");
            socket.awaitEnd();
        }
    }

    // ---- over polling

    @Test
    void polls_bring_what_there_is_and_time_out_with_nothing_SP_18_SP_25_SP_26_SP_30() {
        String path = "1/xhr-polling/" + session();
        assertThat(get(path).body()).isEqualTo("1::");
        assertThat(polled(path, "main")).isEqualTo("5:::{\"name\":\"hello\",\"args\":[\"main\"]}");
        assertThat(post(path, "\ufffd5\ufffd3:::é\ufffd6\ufffd3:::bb").body()).isEqualTo("1");
        assertThat(get(path).body()).isEqualTo("\ufffd5\ufffd3:::é\ufffd6\ufffd3:::bb");
        HttpResponse<String> idle = get(path);
        assertThat(idle.body()).isEqualTo("8::");
        assertThat(idle.headers().firstValue("Content-Type").orElse("")).matches("(?i)text/plain; ?charset=utf-8");
    }

    @Test
    void a_later_poll_takes_the_place_of_an_earlier_one_SP_26() throws Exception {
        String path = "1/xhr-polling/" + session();
        get(path);
        polled(path, "main");
        CompletableFuture<HttpResponse<String>> one = later(path);
        CompletableFuture<HttpResponse<String>> two = later(path);
        CompletableFuture.anyOf(one, two).get(5, TimeUnit.SECONDS);
        CompletableFuture<HttpResponse<String>> ended = one.isDone() ? one : two;
        assertThat(ended.join().body()).isEqualTo("8::");
        post(path, "3:::x");
        assertThat((ended == one ? two : one).get(5, TimeUnit.SECONDS).body()).isEqualTo("3:::x");
    }

    @Test
    void a_bad_body_is_refused_and_the_session_goes_on_SP_25() {
        String path = "1/xhr-polling/" + session();
        get(path);
        assertThat(post(path, "\ufffd99\ufffd3:::x").statusCode()).isEqualTo(400);
        assertThat(post(path, "3:::y").body()).isEqualTo("1");
        assertThat(polled(path, "3:::y")).contains("3:::y");
    }

    @Test
    void script_elements_get_scripts_and_send_forms_SP_27() {
        String path = "1/jsonp-polling/" + session();
        HttpResponse<String> first = get(path + "?i=2");
        assertThat(first.body()).isEqualTo("io.j[2](\"1::\");");
        assertThat(first.headers().firstValue("Content-Type").orElse(""))
                .matches("(?i)text/javascript; ?charset=utf-8");
        assertThat(first.headers().firstValue("X-XSS-Protection")).hasValue("0");
        assertThat(polled(path + "?i=3", "main"))
                .isEqualTo("io.j[3](\"5:::{\\\"name\\\":\\\"hello\\\",\\\"args\\\":[\\\"main\\\"]}\");");
        String form = "d=" + URLEncoder.encode("\"3:::hi\\u2028</script>\"", StandardCharsets.UTF_8);
        assertThat(post(path, form).body()).isEqualTo("1");
        assertThat(get(path + "?i=x").body()).startsWith("io.j[0](\"3:::hi\\u2028");
        assertThat(post(path, "3:::x").statusCode()).isEqualTo(400);
        assertThat(post(path, "d=3:::x").statusCode()).isEqualTo(400);
    }

    @Test
    void who_is_put_out_while_polling_learns_so_with_the_next_poll() {
        String path = "1/xhr-polling/" + session();
        get(path);
        polled(path, "main");
        assertThat(post(path, "5:::{\"name\":\"kick\"}").body()).isEqualTo("1");
        assertThat(get(path).body()).endsWith("0::");
        assertThat(get(path).statusCode()).isEqualTo(400);
    }

    // ---- the official client

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-polling", "jsonp-polling"})
    void the_old_client_finds_everything_in_its_place_SP_35_SP_36_SP_37(String transport) throws IOException {
        try (Browser browser = Browser.start()) {
            Page page = browser.page();
            page.navigate(server.uri("/health/live").toString());
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(NodePackages.text(CLIENT)));
            @SuppressWarnings("unchecked")
            Map<String, Object> seen = (Map<String, Object>) page.evaluate(script(), transport);
            assertThat(seen)
                    .containsEntry("transport", transport)
                    .containsEntry("hello", List.of("main"))
                    .containsEntry("early", List.of("sent before it was connected"))
                    .containsEntry("message", List.of("é€😀"))
                    .containsEntry("json", List.of(Map.of("a", List.of(1, 2))))
                    .containsEntry("echo", List.of(1, "two", Map.of("three", 3)))
                    .containsEntry("ack", List.of(1, 2))
                    .containsEntry("asked", List.of("re: tea"))
                    .containsEntry("joined", List.of(true))
                    .containsEntry("room", List.of(7))
                    .containsEntry("custom", List.of("custom"))
                    .containsEntry("kicked", List.of("booted"));
        }
    }

    private static String script() throws IOException {
        try (InputStream in = OldSocketIoIT.class.getResourceAsStream("/org/pocketsocket/it/socket-io-0.9.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
