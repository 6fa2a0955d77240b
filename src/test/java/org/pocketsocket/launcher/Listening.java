package org.pocketsocket.launcher;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process listens on, as Linux tells it in /proc: the same as {@code ss -ltnp}, without needing ss. */
final class Listening {

    private static final String LISTEN = "0A";

    private Listening() {}

    /** As {@code host:port}, sorted. */
    static List<String> addresses(long pid) throws IOException {
        assumeThat(Path.of("/proc/net/tcp")).exists();
        Set<String> mine = sockets(pid);
        return Stream.of("tcp", "tcp6")
                .map(name -> Path.of("/proc/" + pid + "/net/" + name))
                .flatMap(Listening::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(field -> field[3].equals(LISTEN) && mine.contains("socket:[" + field[9] + "]"))
                .map(field -> address(field[1]))
                .sorted()
                .toList();
    }

    private static Set<String> sockets(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.map(Listening::target).collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table).stream().skip(1) : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 0100007F:1F41}: words of four bytes in the machine's order, and the port. */
    private static String address(String field) {
        String[] part = field.split(":");
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(part[0]));
        ByteBuffer bytes = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            bytes.putInt(words.getInt());
        }
        try {
            String host = InetAddress.getByAddress(bytes.array()).getHostAddress();
            return host + ":" + Integer.parseInt(part[1], 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
