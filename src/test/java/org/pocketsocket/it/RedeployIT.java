package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Talker;
import org.pocketsocket.test.Vitals;

/** The WAR comes and goes on a stock Payara Micro that stays, and leaves nothing behind. */
class RedeployIT {

    private static final String SOURCE = "src/test/resources/redeploy/Redeploys.java";
    private static final String PAYARA = "target/payara-micro.jar";

    /** Payara's own: it keeps the class loader of the application that was deployed first. */
    private static final String PAYARAS = "GFFileHandler log pump";

    /** Payara's and the JVM's, which grow with what they have to do. */
    private static final Pattern POOLS = Pattern.compile(
            "concurrent/__defaultManaged.*|Executor-Service-\\d+|GF Domain XML|http-thread-pool::.*|C[12] CompilerThread\\d+|G1 .*|GC Thread#\\d+");

    private final int port = Server.freePort();
    private final Process process = start();
    private final BufferedReader answers = process.inputReader();

    private Process start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        try (JarFile payara = new JarFile(PAYARA)) { // started with -jar it would see to this itself
            String packages = payara.getManifest().getMainAttributes().getValue("Add-Opens");
            Stream.of(packages.split(" ")).forEach(each -> command.add("--add-opens=" + each + "=ALL-UNNAMED"));
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx512m",
                    "-cp",
                    PAYARA,
                    SOURCE,
                    "target/pocketsocket.war",
                    String.valueOf(port)));
            return new ProcessBuilder(command)
                    .redirectError(new File("target/redeploy.log"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    private String does(String command) throws IOException {
        process.outputWriter().write(command + "\n");
        process.outputWriter().flush();
        return answer();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals("started") || line.equals("done") || line.startsWith("threads ")) {
                return line;
            }
        }
        throw new IOException("it ended: see target/redeploy.log");
    }

    @Test
    void after_undeploy_and_redeploy_no_thread_and_no_peer_is_left() throws IOException {
        assertThat(answer()).isEqualTo("started");
        Vitals vitals = new Vitals(process.pid(), port);
        List<List<String>> threads = new ArrayList<>();
        List<Long> peers = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            does("deploy");
            List<Talker> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                URI door = URI.create("ws://127.0.0.1:" + port + (i % 2 == 0 ? "/pocket" : "/pocket/direct"));
                clients.add(Talker.to(door));
                assertThat(clients.get(i).asks("chat.enter", "{\"name\":\"n" + i + "\"}"))
                        .contains("sent");
            }
            assertThat(vitals.instances("org.pocketsocket.hub.Peer")).isPositive();
            does("undeploy");
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.awaitsClose()).isEqualTo(1001));
            assertThat(does("look").replace(PAYARAS, "")).isEqualTo("threads []");
            threads.add(vitals.threads().stream()
                    .filter(name -> !POOLS.matcher(name).matches())
                    .toList());
            peers.add(vitals.instances("org.pocketsocket.hub.Peer")
                    + vitals.instances("org.pocketsocket.hub.Membership"));
        }
        // of 20 each time none: what is counted are constants of classes, which Payara keeps with a request that it
        // uses again
        assertThat(peers).as("peers and members after each").allMatch(count -> count < 20);
        assertThat(threads.get(2))
                .as("threads after each: " + threads)
                .hasSizeLessThanOrEqualTo(threads.get(0).size());
    }
}
