package org.pocketsocket.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of src/test/node, on the packages that .ci/run has installed. */
public final class NodeServer implements AutoCloseable {

    private static final Path MODULES = Path.of("target/bench-node/node_modules");

    private final Process process;
    private final int port;

    private NodeServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; where Node or its packages are missing the test is skipped, but not where everything must be there. */
    public static NodeServer start(String script, String... arguments) {
        if (!Files.isDirectory(MODULES.resolve("socket.io"))) {
            return missing("socket.io is not installed in " + MODULES + ": .ci/run does that");
        }
        List<String> command = new ArrayList<>(List.of("node", "src/test/node/" + script));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("NODE_PATH", MODULES.toAbsolutePath().toString());
            Process process = builder.start();
            return new NodeServer(process, awaitPort(process));
        } catch (IOException e) {
            return missing("node cannot be run: " + e.getMessage());
        }
    }

    private static NodeServer missing(String why) {
        if (System.getenv("CI") != null) {
            throw new AssertionError(why);
        }
        return abort("skipped: " + why);
    }

    private static int awaitPort(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Ready ")) {
                return Integer.parseInt(line.substring(6));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("It did not start:\n" + said);
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Ends it as a crash would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            boolean ignored = process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try (InputStream out = process.getInputStream()) {
            kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
