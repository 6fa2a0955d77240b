package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Browser;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** Where pocket.socket.js runs: as a script with the docs' hash, as a module, in a module worker, in Node. */
class ClientPlacesIT {

    private static final String ASK = """
            const link = pocket('%s');
            const chat = link.channel('chat');
            await chat.ask('enter', {name: '%s'});
            const {at} = await chat.ask('say', {text: 'here I am'});
            link.close();
            """;

    private static Server server;
    private static Browser browser;

    @BeforeAll
    static void start() {
        server = Shared.PLAIN.server();
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static Page blank() {
        Page page = browser.page();
        page.navigate(server.uri("/pocket.socket.d.ts").toString());
        page.setContent("<!doctype html><title>places</title><body>");
        return page;
    }

    private static String integrity() throws IOException {
        Matcher hash =
                Pattern.compile("integrity=\"([^\"]+)\"").matcher(Files.readString(Path.of("docs/guide/browser.md")));
        assertThat(hash.find()).isTrue();
        return hash.group(1);
    }

    private static Object loads(Page page, String integrity) {
        return page.evaluate("""
                (integrity) => new Promise((done) => {
                  const script = Object.assign(document.createElement('script'), {src: '/pocket.socket.js', integrity});
                  script.onload = () => done(typeof pocket.socket.setup);
                  script.onerror = () => done('refused');
                  document.body.append(script);
                })""", integrity);
    }

    @Test
    void the_docs_hash_lets_the_served_file_in_and_nothing_else() throws IOException {
        String hash = integrity();
        assertThat(loads(blank(), hash)).isEqualTo("function");
        char other = hash.charAt(20) == 'A' ? 'B' : 'A';
        assertThat(loads(blank(), hash.substring(0, 20) + other + hash.substring(21)))
                .isEqualTo("refused");
    }

    @Test
    void comes_in_at_most_8_KB() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/pocket.socket.js"))
                .header("Accept-Encoding", "gzip")
                .build();
        var answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(answer.body()).hasSizeLessThanOrEqualTo(8192);
    }

    @Test
    void a_module_talks() {
        String code = "(async () => { const {pocket} = await import('/pocket.socket.mjs');"
                + ASK.formatted("/", "module") + "return at > 0; })()";
        assertThat(blank().evaluate(code)).isEqualTo(true);
    }

    @Test
    void a_module_worker_talks() {
        Page page = blank();
        String code =
                "import pocket from '/pocket.socket.mjs';" + ASK.formatted("/", "worker") + "postMessage(at > 0);";
        page.context()
                .route(
                        "**/worker.js",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/javascript")
                                .setBody(code)));
        assertThat(page.evaluate("""
                new Promise((done) => {
                  const worker = new Worker('/worker.js', {type: 'module'});
                  worker.onmessage = ({data}) => done(data);
                  worker.onerror = ({message}) => done(message);
                })""")).isEqualTo(true);
    }

    @Test
    void Node_talks_with_or_without_a_WebSocket_of_its_own() throws Exception {
        assumeTrue(hasNode(), "skipped: node is not on the PATH");
        String client = Path.of("webapp-client/pocket.socket.mjs").toUri().toString();
        String code = "import pocket from '" + client + "';" + ASK.formatted(server.uri("/"), "node")
                + "console.log(at > 0);";
        Process node = new ProcessBuilder("node", "--input-type=module", "-e", code)
                .redirectErrorStream(true)
                .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.trim()).isEqualTo("true");
    }

    private static boolean hasNode() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }
}
