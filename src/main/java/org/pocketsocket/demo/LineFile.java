package org.pocketsocket.demo;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The last lines of a text file, that has never more than twice as many. Thread-safe, within one server. */
final class LineFile {

    private final Path path;
    private final int kept;

    LineFile(Path path, int kept) {
        this.path = path;
        this.kept = kept;
    }

    synchronized List<String> lines() {
        try {
            List<String> all = Files.exists(path) ? Files.readAllLines(path) : List.of();
            return all.subList(Math.max(0, all.size() - kept), all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(String line) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            if (Files.exists(path) && Files.readAllLines(path).size() >= 2 * kept) {
                shorten();
            }
            Files.writeString(path, line + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By a new file that takes the place of the old: half a file is never there. */
    private void shorten() throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.write(fresh, new ArrayList<>(lines()));
        Files.move(fresh, path, REPLACE_EXISTING);
    }
}
