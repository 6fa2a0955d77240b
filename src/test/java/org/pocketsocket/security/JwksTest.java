package org.pocketsocket.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pocketsocket.security.TestKeys.EC;
import static org.pocketsocket.security.TestKeys.ED;
import static org.pocketsocket.security.TestKeys.RSA;
import static org.pocketsocket.security.TestKeys.jwk;
import static org.pocketsocket.security.TestKeys.jwks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.settings.Settings;

/** Keys that somebody else keeps, turns, and sometimes does not hand out: a server of the JDK's, and a clock of ours. */
class JwksTest {

    private static final Settings.Jwks TIMES = new Settings.Jwks(
            Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(24), Duration.ofSeconds(5));

    @TempDir
    private Path directory;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile String body = jwks(jwk(RSA.getPublic(), "one"));
    private volatile int status = 200;
    private volatile long now;
    private HttpServer server;
    private Jwks keys;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        keys = new Jwks("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks", TIMES, () -> now);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void passes(Duration time) {
        now += time.toNanos() + 1;
    }

    @Test
    void a_set_is_fetched_once_and_again_when_it_is_old() {
        assertThat(keys.find("one")).hasSize(1);
        assertThat(keys.find("one").get(0).algorithm()).isEqualTo("RS256");
        assertThat(asked).hasValue(1);
        passes(TIMES.cache());
        assertThat(keys.find("one")).hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_new_key_is_found_and_one_that_was_taken_away_is_not() {
        assertThat(keys.find("one")).hasSize(1);
        body = jwks(jwk(EC.getPublic(), "two"), jwk(ED.getPublic(), "three"));
        passes(TIMES.refetch());
        assertThat(keys.find("two")).hasSize(1);
        assertThat(keys.find("three").get(0).algorithm()).isEqualTo("EdDSA");
        assertThat(asked).hasValue(2);
        assertThat(keys.find("one")).isEmpty();
    }

    @Test
    void who_invents_names_of_keys_makes_nobody_knock_more_often() {
        assertThat(keys.find("one")).hasSize(1);
        IntStream.range(0, 1000).forEach(i -> assertThat(keys.find("x" + i)).isEmpty());
        assertThat(asked).hasValue(1);
        passes(TIMES.refetch());
        IntStream.range(0, 1000).forEach(i -> assertThat(keys.find("x" + i)).isEmpty());
        assertThat(asked).hasValue(2);
    }

    @Test
    void many_who_come_at_once_fetch_once() {
        List<CompletableFuture<Integer>> all = IntStream.range(0, 16)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> keys.find("one").size()))
                .toList();
        assertThat(all).allSatisfy(found -> assertThat(found.join()).isEqualTo(1));
        assertThat(asked).hasValue(1);
    }

    @Test
    void old_keys_serve_while_new_ones_cannot_be_had_but_not_for_ever() {
        assertThat(keys.find("one")).hasSize(1);
        for (int bad : new int[] {500, 302, 404}) {
            status = bad;
            passes(TIMES.cache());
            assertThat(keys.find("one")).hasSize(1);
        }
        status = 200;
        body = "<html>";
        passes(TIMES.cache());
        assertThat(keys.find("one")).hasSize(1);
        body = "x".repeat(300_000);
        passes(TIMES.cache());
        assertThat(keys.find("one")).hasSize(1);
        passes(TIMES.stale());
        assertThat(keys.find("one")).isEmpty();
        body = jwks(jwk(RSA.getPublic(), "one"));
        passes(TIMES.refetch());
        assertThat(keys.find("one")).hasSize(1);
    }

    @Test
    void secrets_and_keys_for_other_uses_are_not_taken() {
        String encrypting = jwk(EC.getPublic(), "enc").replace("{", "{\"use\":\"enc\",");
        String other = jwk(RSA.getPublic(), "ps").replace("{", "{\"alg\":\"PS256\",");
        String ours = jwk(RSA.getPublic(), "rs").replace("{", "{\"use\":\"sig\",\"alg\":\"RS256\",");
        body = jwks(
                "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"}",
                "{\"kty\":\"unknown\",\"kid\":\"u\"}",
                encrypting,
                other,
                ours);
        assertThat(keys.find("rs")).hasSize(1);
        for (String none : List.of("s", "u", "enc", "ps")) {
            assertThat(keys.find(none)).as(none).isEmpty();
        }
        assertThat(keys.find(null)).as("the only one needs no name").hasSize(1);
    }

    @Test
    void a_token_must_name_its_key_when_there_are_several() {
        body = jwks(jwk(RSA.getPublic(), "one"), jwk(EC.getPublic(), "two"));
        assertThat(keys.find(null)).isEmpty();
    }

    @Test
    void a_file_is_read_again_too() throws IOException {
        Path file = Files.writeString(directory.resolve("keys.json"), body);
        Jwks fromFile = new Jwks(file.toString(), TIMES, () -> now);
        assertThat(fromFile.find("one")).hasSize(1);
        Files.writeString(file, jwks(jwk(EC.getPublic(), "two")));
        passes(TIMES.refetch());
        assertThat(fromFile.find("two")).hasSize(1);
        Files.writeString(file, "x".repeat(300_000));
        passes(TIMES.cache());
        assertThat(fromFile.find("two")).hasSize(1);
    }

    @Test
    void an_address_without_TLS_is_good_on_this_machine_only() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Jwks("http://id.example.org/jwks", TIMES, () -> now))
                .withMessageContaining("https");
    }
}
