package org.pocketsocket.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.test.Server;

class CommandLineIT {

    @Test
    @DisplayName("PS-7: prints Ready with host and port when it answers, and listens nowhere else")
    void startsAndStops(@TempDir Path temp) throws IOException {
        Path left = Files.createDirectories(temp.resolve("pocketsocket-of-one-that-was-killed/lib"));
        Files.createFile(left.resolveSibling("lock"));
        try (Server server = Server.with().jvm("-Djava.io.tmpdir=" + temp).start()) {
            assertThat(left.getParent()).doesNotExist();
            List<Path> used = list(temp);
            Scratch.removeLeft(Files.createDirectory(temp.resolve("another")));
            assertThat(used).hasSize(2).allSatisfy(each -> assertThat(each).isNotEmptyDirectory());
            assertThat(status(server)).isEqualTo(200);
            server.awaitOut(line -> line.startsWith("http://"));
            assertThat(server.out())
                    .startsWith(
                            "Starting on 127.0.0.1:%d ...".formatted(server.port()),
                            "Ready 127.0.0.1 %d".formatted(server.port()),
                            "http://127.0.0.1:%d/demo/chat.html".formatted(server.port()));
            assertThat(Listening.addresses(server.pid())).containsExactly("127.0.0.1:" + server.port());

            refusesASecondOne(server.port());

            server.terminate(Duration.ofSeconds(5));
            assertThat(server.err()).isEmpty();
            assertThat(server.out()).hasSize(3);
            assertThat(list(temp)).as("what was unpacked").containsExactly(temp.resolve("another"));
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    @Test
    @DisplayName("SIGTERM while it starts ends it, without a word")
    void endsWhileItStarts() {
        try (Server server = Server.with().launch()) {
            server.awaitOut(line -> line.startsWith("Starting"));
            awaitListening(server.port());
            server.terminate(Duration.ofSeconds(30));
            assertThat(server.err()).isEmpty();
            assertThat(server.out()).noneMatch(line -> line.startsWith("Ready"));
        }
    }

    private static void awaitListening(int port) {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos()); // not yet
            }
        }
        throw new AssertionError("nobody listens on " + port);
    }

    @Test
    @DisplayName("channels from a jar that is none: a sentence and exit 2, no usage")
    void noJarOfChannels() {
        try (Server server = Server.run("--channels", "pom.xml")) {
            assertThat(server.awaitExit()).isEqualTo(2);
            assertThat(server.err()).containsExactly("Cannot bring channels from pom.xml: it is not a jar.");
        }
    }

    private static void refusesASecondOne(int port) {
        try (Server second = Server.with("-ev").on(port).launch()) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.err())
                    .containsExactly("Cannot listen on 127.0.0.1:%d: the port is already in use.".formatted(port));
            assertThat(second.out()).noneMatch(line -> line.startsWith("Ready"));
        }
    }

    @Test
    @DisplayName("PS-1: 0.0.0.0 listens on all interfaces")
    void everywhere() throws IOException {
        try (Server server = Server.with("-ev").on("0.0.0.0").start()) {
            assertThat(status(server)).isEqualTo(200);
            assertThat(server.awaitOut(line -> line.startsWith("http:")))
                    .isEqualTo("http://127.0.0.1:%d/demo/chat.html".formatted(server.port()));
            assertThat(Listening.addresses(server.pid())).containsExactly("0.0.0.0:" + server.port());
        }
    }

    @Test
    void notAnAddressOfThisMachine() {
        try (Server server = Server.run("192.0.2.1", "8001")) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.err())
                    .containsExactly("Cannot listen on 192.0.2.1:8001: the host is not an address of this machine.");
            assertThat(server.out()).noneMatch(line -> line.startsWith("Ready"));
        }
    }

    @ParameterizedTest
    @CsvSource({"--nonsense, Unknown option", "--port=http, Invalid value", "--port=65536, Invalid port"})
    void usageOnStderr(String argument, String complaint) {
        try (Server server = Server.run(argument)) {
            assertThat(server.awaitExit()).isEqualTo(2);
            assertThat(server.err())
                    .anyMatch(line -> line.startsWith(complaint))
                    .anyMatch(line -> line.startsWith("Usage: pocketsocket"));
            assertThat(server.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("PS-8: help and version")
    @ValueSource(strings = {"-h", "--help", "--version"})
    void help(String argument) {
        try (Server server = Server.run(argument)) {
            assertThat(server.awaitExit()).isZero();
            assertThat(server.out()).isNotEmpty();
            assertThat(server.err()).isEqualTo(List.of());
        }
    }

    private static int status(Server server) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.uri("/").toURL().openConnection();
        return connection.getResponseCode();
    }

    @Test
    @DisplayName("token: signed with a private key; without that and without a secret, a sentence")
    void makesATokenForTrying(@TempDir Path directory) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String pem = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        Path key = Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
        try (Server made = Server.run("token", "--user", "ada", "--roles", "moderator", "--key", key.toString())) {
            assertThat(made.awaitExit()).isZero();
            String[] parts = made.out().get(0).split("\\.");
            assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    .contains("\"sub\":\"ada\"", "\"roles\":[\"moderator\"]");
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(pair.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2])))
                    .isTrue();
            assertThat(made.err()).isEmpty();
        }
        try (Server refused = Server.run("token", "--user", "ada")) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.err()).singleElement().asString().contains("POCKET_TOKENS_SECRET");
        }
    }
}
