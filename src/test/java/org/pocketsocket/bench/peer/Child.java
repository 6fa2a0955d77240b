package org.pocketsocket.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server as a child process, that says {@code Ready} and its port on a line of its own. */
final class Child implements AutoCloseable {

    private final Process process;
    private final int port;

    Child(Path directory, List<String> command) {
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            port = awaitPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int awaitPort() throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Ready ")) {
                swallow(out);
                return Integer.parseInt(line.substring(6));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("A peer did not start:\n" + said);
    }

    /** Reads on, so that it never has to wait for us. */
    private static void swallow(BufferedReader out) {
        Thread reader = new Thread(
                () -> {
                    try (out) {
                        while (out.readLine() != null) {
                            // not of interest
                        }
                    } catch (IOException e) {
                        // it was ended
                    }
                },
                "peer output");
        reader.setDaemon(true);
        reader.start();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
