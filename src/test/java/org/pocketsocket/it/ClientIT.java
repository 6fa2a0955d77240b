package org.pocketsocket.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.client.ClientOptions;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.client.Payload;
import org.pocketsocket.client.PocketChannel;
import org.pocketsocket.client.PocketClient;
import org.pocketsocket.test.Packed;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** The Java client against the packaged server: through every door, from the command line, and alone on a class path. */
class ClientIT {

    private static final Path JAR = Path.of("target/pocketsocket-client.jar");

    private static Server server;

    @TempDir
    private Path temp;

    @BeforeAll
    static void start() {
        server = Shared.PLAIN.server();
    }

    private static Payload get(PocketChannel channel, String event, Object data) throws Exception {
        return channel.ask(event, data).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void talks(PocketClient client, String name) throws Exception {
        try (PocketClient other = PocketClient.connect(server.webSocket("/"))) {
            BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
            PocketChannel chat = client.channel("chat");
            chat.on("said", said -> heard.add(String.valueOf(said.map().get("text"))));
            get(chat, "enter", Map.of("name", name));
            PocketChannel others = other.channel("chat");
            get(others, "enter", Map.of("name", "other " + name));
            IntStream.range(0, 300).forEach(i -> others.send("say", Map.of("text", name + " " + i)));
            List<Object> got = new ArrayList<>();
            while (got.size() < 300) {
                got.add(heard.poll(10, TimeUnit.SECONDS));
            }
            assertThat(got)
                    .isEqualTo(IntStream.range(0, 300)
                            .mapToObj(i -> (Object) (name + " " + i))
                            .toList());
            assertThat(get(chat, "say", Map.of("text", "grüße, 世界 🌍")).map()).containsKey("at");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void talks_over_every_transport(Transport transport) throws Exception {
        ClientOptions options = ClientOptions.DEFAULT.transports(transport);
        try (PocketClient client = PocketClient.connect(server.webSocket("/"), options)) {
            talks(client, transport.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pocket/direct", "/pocket", "/pocket/poll", "/pocket/events"})
    void talks_at_every_door(String door) throws Exception {
        try (PocketClient client = PocketClient.connect(server.uri(door))) {
            talks(client, door);
        }
    }

    @Test
    void where_the_server_has_no_WebSocket_of_ours_the_next_door_is_taken() throws Exception {
        URI plain = Shared.WITHOUT_DIRECT_DOOR.server().webSocket("/");
        try (PocketClient client = PocketClient.connect(plain)) {
            assertThat(get(client.channel("chat"), "enter", Map.of("name", "x")).map())
                    .containsKey("people");
        }
    }

    // --- the command line

    private static List<String> client(int status, String... words) {
        String[] all = Stream.concat(Stream.of("client"), Stream.of(words)).toArray(String[]::new);
        try (Server command = Server.run(all)) {
            assertThat(command.awaitExit()).as(command.err() + "").isEqualTo(status);
            return Stream.concat(command.out().stream(), command.err().stream()).toList();
        }
    }

    @Test
    @DisplayName("java -jar pocketsocket.jar client: an order and its answer, no colours into a pipe, a status")
    void the_command_line() {
        String uri = server.webSocket("/").toString();
        assertThat(client(0, uri, "ask", "chat.enter", "{\"name\":\"pipe\"}"))
                .anyMatch(line -> line.startsWith("= answer {\"name\":\"pipe\""))
                .noneMatch(line -> line.contains("\u001b"))
                .contains("- connected");
        assertThat(client(1, uri, "ask", "chat.nope"))
                .contains("! 4404 no_such_method: channel \"chat\" has no such event");
        assertThat(client(1, "ws://127.0.0.1:" + Server.freePort()))
                .last()
                .asString()
                .startsWith("! Cannot reach 127.0.0.1:");
        assertThat(client(2, "--nonsense")).containsExactly("! No option is called --nonsense; --help shows how");
        assertThat(client(0, "--help")).first().isEqualTo("Usage: client [options] <address> [order]");
    }

    // --- the artifact

    @Test
    @DisplayName("the client's jar is enough: a program compiled and run with it alone")
    void alone_on_a_class_path() throws Exception {
        Path classes = Packed.compile("Alone", """
                import java.util.Map;
                import org.pocketsocket.client.*;
                public class Alone {
                    public record Who(String name) {}
                    public static void main(String[] args) throws Exception {
                        try (PocketClient client = PocketClient.connect(java.net.URI.create(args[0]))) {
                            PocketChannel chat = client.channel("chat");
                            chat.join().toCompletableFuture().get();
                            Payload answer = chat.ask("enter", Map.of("name", "alone")).toCompletableFuture().get();
                            System.out.println("I am " + answer.map().get("name"));
                            try {
                                Who who = chat.ask("enter", new Who("alone"), Who.class).toCompletableFuture().get();
                                System.out.println("I am " + who);
                            } catch (ClientException e) {
                                System.out.println(e.getMessage());
                            }
                        }
                    }
                }
                """, List.of(JAR), temp);
        assertThat(run(classes, List.of())).startsWith("I am alone\n").contains("a JSON-B implementation is needed");
        List<Path> yasson = Packed.jars("yasson", "parsson", "jakarta.json");
        assertThat(run(classes, yasson)).isEqualTo("I am alone\nI am Who[name=alone]\n");
    }

    /** What it prints, with more on the class path. */
    private static String run(Path classes, List<Path> more) throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        String path = Stream.concat(Stream.of(JAR, classes), more.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        java, "-cp", path, "Alone", server.webSocket("/").toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    @Test
    void the_jar_has_what_it_needs_and_nothing_else() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")))
                    .allMatch(name -> name.matches("org/pocketsocket/(client|frame|message)/.*"))
                    .noneMatch(name -> name.contains("Codec"));
        }
        StringWriter missing = new StringWriter();
        int done = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(missing),
                        new PrintWriter(missing),
                        "-verbose:class",
                        "-filter:none",
                        JAR.toString());
        assertThat(done).isZero();
        assertThat(missing.toString().lines().filter(line -> line.startsWith(" ") && line.endsWith("not found")))
                .allMatch(line -> line.matches(".* -> (org.jspecify.annotations|jakarta.json)[. ].*"));
    }

    @Test
    void it_comes_with_sources_and_javadoc() throws IOException {
        try (JarFile sources = new JarFile("target/pocketsocket-client-sources.jar");
                JarFile javadoc = new JarFile("target/pocketsocket-client-javadoc.jar")) {
            assertThat(sources.getEntry("org/pocketsocket/client/PocketClient.java"))
                    .isNotNull();
            assertThat(javadoc.getEntry("org/pocketsocket/client/PocketClient.html"))
                    .isNotNull();
        }
        assertThat(Files.size(JAR)).isLessThan(500_000);
    }
}
