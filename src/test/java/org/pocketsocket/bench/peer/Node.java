package org.pocketsocket.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The peers that run on Node, installed from their lock file where there is a Node. */
public final class Node {

    private static final Path SOURCE = Path.of("src/test/bench");
    private static final Path HOME = Path.of("target/bench-node");
    private static final Path INSTALLED = HOME.resolve("installed.json");

    private final String version;

    private Node(String version) {
        this.version = version;
    }

    /** Nothing where there is no Node, or its packages cannot be had. */
    public static Optional<Node> find() {
        Optional<String> version = run(Path.of("."), "node", "--version");
        return version.filter(found -> install()).map(Node::new);
    }

    public String version() {
        return version;
    }

    /** The version of a package. */
    public String version(String name) {
        try {
            String json =
                    Files.readString(HOME.resolve("node_modules").resolve(name).resolve("package.json"));
            Matcher matcher =
                    Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
            return matcher.find() ? matcher.group(1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Child start(String script, int ping) {
        return new Child(HOME, List.of("node", script, String.valueOf(ping)));
    }

    private static boolean install() {
        try (Stream<Path> files = Files.list(SOURCE)) {
            Files.createDirectories(HOME);
            for (Path file : files.toList()) {
                Files.copy(file, HOME.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            Path lock = HOME.resolve("package-lock.json");
            if (Files.exists(INSTALLED) && Files.mismatch(lock, INSTALLED) < 0) {
                return true;
            }
            boolean done = run(HOME, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                    .isPresent();
            if (done) {
                Files.copy(lock, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
            }
            return done;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed, when it could be run and ended well. */
    private static Optional<String> run(Path directory, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            boolean well = process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
            return Optional.of(said).filter(text -> well);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
