package org.pocketsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the browser client's own tests where Node is installed. */
class WebappClientTest {

    private static final Path SERVED = Path.of("target/classes/META-INF/resources/pocket.socket.js");

    @Test
    void the_browser_clients_own_tests_pass_under_Node() throws IOException, InterruptedException {
        Optional<Path> node = node();
        assumeTrue(node.isPresent(), "skipped: node is not on the PATH");
        Path output = Files.createTempFile("webapp-client", ".log");
        ProcessBuilder builder = new ProcessBuilder(node.get().toString(), "--test")
                .directory(new File("webapp-client"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("POCKET_CLIENT", SERVED.toAbsolutePath().toString());
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).containsPattern("pass [1-9]");
    }

    private static Optional<Path> node() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "node"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
