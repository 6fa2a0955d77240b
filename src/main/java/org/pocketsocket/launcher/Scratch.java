package org.pocketsocket.launcher;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Directories of this process below {@code java.io.tmpdir}. What is put there vanishes when the process ends; what one left
 * that was killed, the next removes. A locked file in each tells that its process lives.
 */
final class Scratch {

    private static final String PREFIX = "pocketsocket-";
    private static final String LOCK = "lock";

    private static final List<Path> OURS = new CopyOnWriteArrayList<>();

    /** Held until the process ends. */
    private static final List<FileChannel> LOCKS = new ArrayList<>();

    private Scratch() {}

    static synchronized Path directory() throws IOException {
        Path directory;
        do {
            directory = Files.createTempDirectory(PREFIX);
        } while (!isOurs(directory)); // another process has taken it for one that was left
        OURS.add(directory);
        if (OURS.size() == 1) {
            removeLeft(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(Scratch::vanish, "pocket-scratch"));
        }
        return directory;
    }

    /** When all has ended, as the JVM deletes last: the server still uses it. */
    private static synchronized void vanish() {
        for (Path directory : OURS) {
            try {
                Files.walkFileTree(directory, new Vanishing());
            } catch (IOException e) {
                // the next removes it
            }
        }
    }

    /** The last to be named is the first to be deleted. */
    private static final class Vanishing extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return visitFile(directory, attributes);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            file.toFile().deleteOnExit();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // the server has deleted it itself
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean isOurs(Path directory) throws IOException {
        Path lock = directory.resolve(LOCK);
        FileChannel channel = lock(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel == null) {
            return false;
        }
        LOCKS.add(channel);
        return Files.exists(lock);
    }

    private static @Nullable FileChannel lock(Path file, StandardOpenOption... how) throws IOException {
        FileChannel channel = FileChannel.open(file, how);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // somebody in this process has it
        }
        channel.close();
        return null;
    }

    /**
     * Those beside this one that are its owner's: what looks like one of ours may be anybody's. Ours are not even tried: on
     * POSIX systems who closes a file once gives up all locks that the process has on it.
     */
    static void removeLeft(Path directory) {
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(requireNonNull(directory.getParent()), PREFIX + "*")) {
            for (Path each : all) {
                if (!OURS.contains(each)
                        && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(each, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(directory))) {
                    removeIfLeft(each);
                }
            }
        } catch (IOException e) {
            // then it stays: nobody needs it gone
        }
    }

    private static void removeIfLeft(Path directory) {
        try (FileChannel lock = lock(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (lock != null) {
                remove(directory);
            }
        } catch (IOException e) {
            // it has no lock, or something in it stays
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> inside = Files.walk(directory)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
