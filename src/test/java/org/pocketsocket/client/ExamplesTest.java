package org.pocketsocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.client.PocketClientTest.get;
import static org.pocketsocket.client.PocketClientTest.next;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.test.NodeServer;
import org.pocketsocket.test.Packed;

/** The guide's examples, which are those of the old client's documents, as somebody would run them (SC-16, SC-18). */
@Timeout(60)
class ExamplesTest {

    @TempDir
    static Path classes;

    @BeforeAll
    static void compile() throws IOException {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        Packed.compile(Path.of("docs/examples/java-client"), classPath, classes);
    }

    /** Runs a main method to its end, and returns what it printed. */
    private static String run(String name, String... args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ExamplesTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            loader.loadClass("example." + name)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(e);
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }

    // SC-16
    @Test
    void SC_16_the_chatbot_complains_when_it_is_called_one_and_goes_on_bye() throws InterruptedException {
        try (NodeServer server = NodeServer.start("socketio-server.js");
                SocketIo ada = SocketIo.connect("127.0.0.1", server.port())) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            ada.root()
                    .on(
                            "msg to room",
                            args -> heard.add(args.get(0).as(String.class) + ": "
                                    + args.get(1).as(String.class)));
            ada.root().on("announcement", args -> told.add(args.get(0).as(String.class)));
            Thread bot = new Thread(() -> run("Chatbot", "127.0.0.1", String.valueOf(server.port())), "the chatbot");
            bot.start();
            assertThat(next(told)).isEqualTo("bot connected");
            ada.emit("nickname", "ada");
            ada.emit("user message", "are you a bot?");
            assertThat(next(heard)).isEqualTo("ada: are you a bot?");
            assertThat(next(heard)).isEqualTo("bot: who are you calling bot?!");
            ada.emit("user message", "bye then");
            bot.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(bot.isAlive()).isFalse();
        }
    }

    // SC-1
    @Test
    void SC_1_three_lines_are_enough() throws InterruptedException {
        try (NodeServer server = NodeServer.start("socketio-server.js");
                SocketIo ada = SocketIo.connect("127.0.0.1", server.port())) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            ada.root().on("news", args -> heard.add(args.get(0).json()));
            run("News", "127.0.0.1", String.valueOf(server.port()));
            assertThat(next(heard)).isEqualTo("{\"hello\":\"world\"}");
        }
    }

    // SC-18
    @Test
    void SC_18_channels_have_handlers_of_their_own() {
        try (NodeServer server = NodeServer.start("socketio-server.js")) {
            assertThat(run("ManyChannels", "127.0.0.1", String.valueOf(server.port()))
                            .lines())
                    .contains(
                            "chat: on_announcement [\"bot connected\"]",
                            "chat: on_msg_to_room [\"bot\", \"I'm a bot\"]",
                            "keys: on_heard [\"a key\"]");
        }
    }

    // SC-18
    @Test
    void SC_18_calls_are_answered_by_number_and_by_function() {
        try (NodeServer server = NodeServer.start("socketio-server.js")) {
            assertThat(run("Rpc", "127.0.0.1", String.valueOf(server.port())).lines())
                    .contains("number 100 was answered with [\"by number\"]", "answer: by function");
        }
    }

    @Test
    void the_first_client_talks_to_a_channel() {
        try (HubServer server = HubServer.with(new Chat())) {
            assertThat(run("FirstClient", server.uri().toString()).lines()).contains("letters: 5");
        }
    }

    /** The same handlers against the real server over polling: what the old client's users wished for. */
    @Test
    void the_familiar_face_works_over_polling_too() {
        try (NodeServer server = NodeServer.start("socketio-server.js", "polling");
                SocketIo socket = SocketIo.connect("127.0.0.1", server.port())) {
            assertThat(get(socket.root().ask("echo", 1, "two", new byte[] {3})))
                    .satisfies(all -> assertThat(all.get(0).as(int.class)).isEqualTo(1))
                    .satisfies(all -> assertThat(all.get(2).as(byte[].class)).containsExactly(3));
        }
    }
}
