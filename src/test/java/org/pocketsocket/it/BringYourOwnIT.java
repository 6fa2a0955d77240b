package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Packed;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;

/** docs/examples, built against what our build packages, as somebody would who has not our source. */
class BringYourOwnIT {

    private static final Path EXAMPLES = Path.of("docs/examples");
    /** What the library needs: Maven brings it along. */
    private static final String[] NEEDED = {"config-", "jspecify", "jose4j", "slf4j", "prometheus-"};

    private static final Path LIBRARY = Path.of("target/pocketsocket-classes.jar");

    @TempDir
    private static Path jars;

    @TempDir
    private Path temp;

    /** With the channels of two examples. */
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        Path resources = EXAMPLES.resolve("first-channel/src/main/resources/META-INF");
        Path greetings = Packed.add(jar("first-channel", jars), Map.of("META-INF", resources));
        server = Server.with("--channels", greetings.toString(), "--channels=" + jar("own-war", jars))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("a jar compiled against the classes artifact runs with --channels, beside another one")
    void a_jar_of_channels() {
        try (Talker ada = Talker.to(server.webSocket("/pocket"));
                Talker bob = Talker.to(server.webSocket("/pocket/direct"))) {
            assertThat(bob.asks("socket.join", "{\"channel\":\"greetings\"}")).contains("Welcome!");
            assertThat(ada.asks("greetings.clear", "null")).contains("\"not_authorized\"");
            ada.asks("greetings.login", "[\"ada\",\"lovelace\"]");
            assertThat(ada.asks("greetings.say", "\"hello\"")).contains("\"data\":5");
            assertThat(bob.awaits("greetings.said")).contains("\"who\":\"ada\"").contains("\"text\":\"hello\"");
            ada.asks("greetings.clear", "null");
            bob.awaits("greetings.cleared");
            ada.asks("notes.add", "\"milk\"");
            ada.awaits("{\"message\":\"notes.added\",\"data\":\"milk\"}");
            assertThat(server.err()).isEmpty();
        }
    }

    @Test
    @DisplayName("the page it brings along is the chat the guide promises, with an event for a host only")
    void in_a_browser() {
        try (Browser browser = Browser.start()) {
            Page ada = open(browser);
            Page bob = open(browser);
            fill(ada, "#say", "text", "hello");
            PlaywrightAssertions.assertThat(bob.getByText("somebody: hello")).isVisible();
            ada.click("#clear");
            PlaywrightAssertions.assertThat(ada.getByText("say who you are first"))
                    .isVisible();
            ada.fill("[name=password]", "lovelace");
            fill(ada, "#login", "who", "ada");
            PlaywrightAssertions.assertThat(ada.getByText("you are ada")).isVisible();
            ada.click("#clear");
            PlaywrightAssertions.assertThat(bob.locator("#lines li")).hasCount(0);
            ada.close();
            PlaywrightAssertions.assertThat(bob.getByText("ada has left")).isVisible();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page open(Browser browser) {
        Page page = browser.page();
        page.navigate(server.uri("/greetings.html").toString());
        PlaywrightAssertions.assertThat(page.getByText("Welcome!")).isVisible();
        return page;
    }

    private static void fill(Page page, String form, String field, String text) {
        page.fill(form + " [name=" + field + "]", text);
        page.click(form + " button");
    }

    @Test
    @DisplayName("its tests pass with the test kit of the classes artifact")
    void the_test_kit() throws Exception {
        List<Path> classPath = new ArrayList<>(Packed.jars(
                "jakarta.", "jspecify", "config-", "yasson", "parsson", "junit-jupiter", "apiguardian", "opentest4j"));
        classPath.addAll(Packed.jars("junit-platform"));
        classPath.add(LIBRARY);
        Path classes = Packed.compile(EXAMPLES.resolve("first-channel/src"), classPath, temp);
        classPath.add(classes);
        List<URL> urls = new ArrayList<>();
        for (Path path : classPath) {
            urls.add(path.toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThat(runTests(loader.loadClass("example.GreetingsTest"))).isEqualTo(3);
        }
    }

    private static int runTests(Class<?> type) throws ReflectiveOperationException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(type.getClassLoader());
        try {
            int count = 0;
            for (Method method : type.getDeclaredMethods()) {
                if (method.getAnnotations().length > 0) {
                    var constructor = type.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    method.setAccessible(true);
                    method.invoke(constructor.newInstance());
                    count++;
                }
            }
            return count;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    @DisplayName("a mistake in a channel stops the start with its sentence, which is the last line")
    void a_mistake() throws IOException {
        String mistaken = """
                package example;
                @org.pocketsocket.Channel("twice")
                public class Twice {
                    @org.pocketsocket.On("say") void one(String text) {}
                    @org.pocketsocket.On("say") void two(String text) {}
                }
                """;
        Path classes = Packed.compile("Twice", mistaken, classPath(), temp);
        Path jar = Packed.archive(temp.resolve("twice.jar"), Map.of("", classes));
        try (Server refused = Server.with("--channels", jar.toString()).launch()) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.err())
                    .last()
                    .asString()
                    .matches("Channel bean example.Twice, method (one|two): "
                            + "handles event \"say\", as method (one|two) does");
            assertThat(refused.out()).hasSize(1).noneMatch(line -> line.startsWith("Ready"));
        }
    }

    @Test
    void no_such_jar() {
        Path jar = temp.resolve("nowhere.jar");
        try (Server refused = Server.run("--channels", jar.toString())) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.err()).containsExactly("Cannot bring channels from " + jar + ": there is no such file.");
            assertThat(refused.out()).isEmpty();
        }
    }

    @Test
    @DisplayName("one dependency in a WAR of one's own, and an overlay of our WAR, side by side on plain Payara Micro")
    void wars() throws Exception {
        try (Server payara = Server.payara(ownWar(), overlay())) {
            serves(payara, "/own-war", "notes", "add");
            serves(payara, "/overlay", "plans", "add");
            assertThat(get(payara.uri("/own-war/demo/chat.html"))).isEqualTo(404);
        }
    }

    /** What Maven makes of it: our jar and what it needs in WEB-INF/lib. */
    private Path ownWar() throws IOException {
        Map<String, Path> contents = new TreeMap<>(Map.of("WEB-INF/classes", classes("own-war", temp)));
        for (Path jar : Packed.jars(NEEDED)) {
            contents.put("WEB-INF/lib/" + jar.getFileName(), jar);
        }
        contents.put("WEB-INF/lib/pocketsocket-classes.jar", LIBRARY);
        return Packed.archive(temp.resolve("own-war.war"), contents);
    }

    private Path overlay() throws IOException {
        Path war = Files.copy(Path.of("target/pocketsocket.war"), temp.resolve("overlay.war"));
        return Packed.add(war, Map.of("WEB-INF/classes", classes("overlay", temp)));
    }

    private static void serves(Server server, String context, String channel, String event) throws Exception {
        assertThat(get(server.uri(context + "/pocket.socket.js"))).isEqualTo(200);
        for (String door : List.of("/pocket", "/pocket/direct")) {
            try (Talker talker = Talker.to(server.webSocket(context + door))) {
                assertThat(talker.asks(channel + "." + event, "\"milk\"")).contains("\"sent\"");
                talker.awaits("{\"message\":\"" + channel + ".added\",\"data\":\"milk\"}");
            }
        }
    }

    private static int get(URI uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    private static Path jar(String example, Path directory) throws IOException {
        return Packed.archive(directory.resolve(example + ".jar"), Map.of("", classes(example, directory)));
    }

    private static Path classes(String example, Path directory) throws IOException {
        Path target = Files.createDirectories(directory.resolve("classes-" + example));
        return Packed.compile(EXAMPLES.resolve(example + "/src/main/java"), classPath(), target);
    }

    private static List<Path> classPath() {
        List<Path> path = new ArrayList<>(Packed.jars("jakarta.", "jspecify"));
        path.add(LIBRARY);
        return path;
    }
}
