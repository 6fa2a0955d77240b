package org.pocketsocket.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The packaged one-jar server as a process of its own.
 *
 * <pre>{@code
 * try (Server server = Server.with("-ev").start()) {
 *     page.navigate(server.uri("/").toString());
 *     server.awaitOut(line -> line.contains("connect"));
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {

    /** Generous: a busy build machine. How fast it starts is measured elsewhere. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String AS_SHIPPED = "-XX:TieredStopAtLevel=4";

    private final String host;
    private final int port;
    private final Process process;
    private final Lines out;
    private final Lines err;

    private Server(String host, int port, List<String> command) throws IOException {
        this.host = host;
        this.port = port;
        this.process = new ProcessBuilder(command).start();
        this.out = Lines.of(process.getInputStream());
        this.err = Lines.of(process.getErrorStream());
    }

    /** What is to be started: our arguments, and the JVM's. */
    public record Plan(String host, int port, List<String> jvm, List<String> arguments) {

        /** Adds options of the JVM, such as {@code -Dpocket.relay=false}. */
        public Plan jvm(String... options) {
            return new Plan(host, port, join(jvm, options), arguments);
        }

        /** With the JVM's better compiler and nothing else, as users run it: for what measures speed or memory. */
        public Plan asShipped() {
            return jvm(AS_SHIPPED);
        }

        /** Listens there instead of on 127.0.0.1. */
        public Plan on(String otherHost) {
            return new Plan(otherHost, port, jvm, arguments);
        }

        /** Listens on this port: one that is taken, or the one of a server that was stopped. */
        public Plan on(int otherPort) {
            return new Plan(host, otherPort, jvm, arguments);
        }

        /** Starts it and waits until it is ready. */
        public Server start() {
            return launch().awaitReady();
        }

        /** Starts it, ready or not. */
        public Server launch() {
            String[] address = {host, String.valueOf(port)};
            return run(host, port, jvm, join(arguments, address));
        }
    }

    /** A server on a free port of 127.0.0.1 with these arguments. */
    public static Plan with(String... arguments) {
        return new Plan("127.0.0.1", freePort(), List.of(), List.of(arguments));
    }

    /** The jar with exactly these arguments; for what ends by itself. */
    public static Server run(String... arguments) {
        return run("127.0.0.1", 8001, List.of(), List.of(arguments));
    }

    /** Plain Payara Micro, listening on loopback, with these WARs under the names of their files. */
    public static Server payara(Path... wars) {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of("--nohazelcast", "--disablephonehome"));
        arguments.addAll(List.of(
                "--port",
                String.valueOf(port),
                "--prebootcommandfile",
                onLoopback().toString()));
        for (Path war : wars) {
            arguments.addAll(List.of("--deploy", war.toString()));
        }
        Server server =
                start("127.0.0.1", port, command(List.of(QuickStart.COMPILER), "target/payara-micro.jar", arguments));
        server.awaitErr(line -> line.contains("ready in"));
        return server;
    }

    private static Path onLoopback() {
        String listener =
                "configs.config.server-config.network-config.network-listeners.network-listener.http-listener";
        try {
            Path file = Files.createTempFile("on-loopback", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "set " + listener + ".address=127.0.0.1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Server run(String host, int port, List<String> jvm, List<String> arguments) {
        String jar = Optional.ofNullable(System.getProperty("pocket.jar")).orElse("target/pocketsocket.jar");
        List<String> quick = jvm.contains(AS_SHIPPED) ? List.of() : QuickStart.of(Path.of(jar));
        return start(host, port, command(join(quick, jvm.toArray(String[]::new)), jar, arguments));
    }

    private static List<String> command(List<String> jvm, String jar, List<String> arguments) {
        String java = ProcessHandle.current().info().command().orElse("java");
        return Stream.of(List.of(java), jvm, List.of("-jar", jar), arguments)
                .flatMap(List::stream)
                .toList();
    }

    private static Server start(String host, int port, List<String> command) {
        try {
            return new Server(host, port, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Server awaitReady() {
        try {
            awaitOut(line -> line.equals("Ready " + host + " " + port));
            return this;
        } catch (AssertionError e) {
            kill();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** {@code http://host:port} and the path; a wildcard host is reached on loopback. */
    public URI uri(String path) {
        return URI.create("http://" + reachable() + ":" + port + path);
    }

    /** {@code ws://host:port} and the path. */
    public URI webSocket(String path) {
        return URI.create("ws://" + reachable() + ":" + port + path);
    }

    private String reachable() {
        String name = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return name.contains(":") ? "[" + name + "]" : name;
    }

    /** The lines of stdout so far. */
    public List<String> out() {
        return out.soFar();
    }

    /** The lines of stderr so far. */
    public List<String> err() {
        return err.soFar();
    }

    /** Waits until stdout has such a line, and returns it. */
    public String awaitOut(Predicate<String> wanted) {
        return out.await(wanted, () -> "stdout: " + out() + "\nstderr: " + err());
    }

    /** Waits until stderr has such a line, and returns it. */
    public String awaitErr(Predicate<String> wanted) {
        return err.await(wanted, () -> "stdout: " + out() + "\nstderr: " + err());
    }

    /** Waits until the process ended by itself, and its output has been read. */
    public int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /** SIGTERM, then waits; fails when the process is still there after that time. */
    public int terminate(Duration atMost) {
        process.destroy();
        return awaitExit(atMost);
    }

    /** SIGKILL: as a crash would end it. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    private int awaitExit(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Still running after " + atMost + ": " + process.info());
            }
            out.awaitEnd();
            err.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            awaitExit(Duration.ofSeconds(10));
        } finally {
            process.destroyForcibly();
        }
    }

    /** A port that nobody listens on at this moment, of those that a system does not give to who calls out meanwhile. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // taken: another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<String> join(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError(e);
    }

    /** What a process prints, read by a thread so that it never has to wait for us. */
    private static final class Lines {

        private final List<String> lines = new ArrayList<>();
        private boolean ended;

        static Lines of(InputStream stream) {
            Lines lines = new Lines();
            Thread reader = new Thread(() -> lines.read(stream), "server output");
            reader.setDaemon(true);
            reader.start();
            return lines;
        }

        private void read(InputStream stream) {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(this::add);
            } catch (IOException | UncheckedIOException e) {
                // the process was killed: what it had printed is what there is
            } finally {
                end();
            }
        }

        private synchronized void add(String line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized List<String> soFar() {
            return List.copyOf(lines);
        }

        synchronized String await(Predicate<String> wanted, Supplier<String> otherwise) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int seen = 0;
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.test(lines.get(seen))) {
                        return lines.get(seen);
                    }
                }
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    throw new AssertionError("The server did not say what was waited for.\n" + otherwise.get());
                }
                pause(left);
            }
        }

        synchronized void awaitEnd() {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!ended && deadline - System.nanoTime() > 0) {
                pause(deadline - System.nanoTime());
            }
        }

        private synchronized void pause(long nanos) {
            try {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }
}
