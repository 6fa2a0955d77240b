package org.pocketsocket.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server process holds: threads, objects, connections. Asks the JDK's {@code jcmd}, and the kernel. */
public record Vitals(long pid, int port) {

    private static final Pattern THREAD = Pattern.compile("^\"([^\"]*)\" .*tid=.*");

    public static Vitals of(Server server) {
        return new Vitals(server.pid(), server.port());
    }

    /** The names of its Java threads. */
    public List<String> threads() {
        return jcmd("Thread.print")
                .map(THREAD::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** Bytes on the heap that are in use, garbage not counted. */
    public long heap() {
        String total = jcmd("GC.class_histogram")
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    /** Objects that are in use, of this class, or of all in and below this package. */
    public long instances(String prefix) {
        return jcmd("GC.class_histogram")
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words.length > 3 && words[3].startsWith(prefix))
                .mapToLong(words -> Long.parseLong(words[1]))
                .sum();
    }

    /** TCP connections that it has accepted and not closed. */
    public long connections() {
        return connections(port -> true);
    }

    /** Whether it has not closed the connection that comes from this port. */
    public boolean serves(int remotePort) {
        return connections(port -> port == remotePort) > 0;
    }

    /** Linux: {@code sl local_address rem_address st …}, in hexadecimal; 01 is established, 08 closed by the client only. */
    private long connections(IntPredicate remote) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(Vitals::lines)
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words[3].equals("01") || words[3].equals("08"))
                .filter(words -> port(words[1]) == port && remote.test(port(words[2])))
                .count();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> jcmd(String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process =
                    new ProcessBuilder(jcmd, "-J" + QuickStart.COMPILER, String.valueOf(pid), command).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return out.lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d connections, %d threads, %,d KiB",
                connections(),
                threads().size(),
                heap() / 1024);
    }
}
