package org.pocketsocket.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes the server start with less CPU: what runs for a few seconds is not worth a better compiler, and an archive
 * has the classes that it loads as the JVM wants them.
 */
final class QuickStart {

    static final String COMPILER = "-XX:TieredStopAtLevel=1";

    private static @Nullable Path made;

    private QuickStart() {}

    /** Options of the JVM, for this jar; without an archive while another JVM makes it. */
    static synchronized List<String> of(Path jar) {
        if (made == null) {
            made = archive(jar);
        }
        return made == null ? List.of(COMPILER) : List.of(COMPILER, "-XX:SharedArchiveFile=" + made);
    }

    /** Made where there is none that is younger than the jar. */
    private static @Nullable Path archive(Path jar) {
        Path archive = jar.resolveSibling("pocketsocket.jsa");
        Path lock = jar.resolveSibling("pocketsocket.jsa.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                return null;
            }
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Files.deleteIfExists(archive);
                make(archive);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server writes it when it ends. */
    private static void make(Path archive) {
        try (Server server = Server.with()
                        .asShipped()
                        .jvm(COMPILER, "-XX:ArchiveClassesAtExit=" + archive)
                        .start();
                Talker ada = Talker.to(server.webSocket("/pocket"));
                Talker bob = Talker.to(server.webSocket("/pocket/direct"))) {
            ada.asks("chat.enter", "{\"name\":\"ada\"}");
            bob.asks("chat.enter", "{\"name\":\"bob\"}");
            server.terminate(Duration.ofSeconds(60));
        }
    }
}
