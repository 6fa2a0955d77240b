package org.pocketsocket.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    private Path temp;

    private Path mine;

    @BeforeEach
    void begin() throws IOException {
        mine = Files.createDirectory(temp.resolve("pocketsocket-mine"));
    }

    /** As a process leaves it that was killed. */
    private Path left(Path parent, String name) throws IOException {
        Path directory = Files.createDirectories(parent.resolve(name));
        Files.createFile(directory.resolve("lock"));
        Files.writeString(Files.createDirectories(directory.resolve("lib")).resolve("a.jar"), "a");
        return directory;
    }

    @Test
    void directories_of_a_process_are_its_own() throws IOException {
        Path one = Scratch.directory();
        Path other = Scratch.directory();
        assertThat(one).isNotEqualTo(other).isDirectoryContaining("glob:**/lock");
    }

    @Test
    void what_a_killed_process_left_is_removed() throws IOException {
        Path left = left(temp, "pocketsocket-123");
        Scratch.removeLeft(mine);
        assertThat(left).doesNotExist();
        assertThat(mine).exists();
    }

    @Test
    void what_a_living_one_has_stays() throws IOException {
        Path used = left(temp, "pocketsocket-123");
        try (FileChannel lock = FileChannel.open(used.resolve("lock"), StandardOpenOption.WRITE)) {
            lock.lock();
            Scratch.removeLeft(mine);
            assertThat(used.resolve("lib/a.jar")).exists();
        }
    }

    @Test
    void what_is_not_ours_stays() throws IOException {
        Path other = left(temp, "payara-123");
        Path withoutLock = Files.createDirectory(temp.resolve("pocketsocket-without"));
        Path file = Files.createFile(temp.resolve("pocketsocket-client.jar"));
        Scratch.removeLeft(mine);
        assertThat(other.resolve("lib/a.jar")).exists();
        assertThat(withoutLock).exists();
        assertThat(file).exists();
    }

    @Test
    void a_link_leads_nowhere() throws IOException {
        Path elsewhere = left(Files.createDirectory(temp.resolve("home")), "of-somebody");
        Path inside = left(temp, "pocketsocket-123");
        Files.createSymbolicLink(temp.resolve("pocketsocket-link"), elsewhere);
        Files.createSymbolicLink(inside.resolve("lib/link"), elsewhere);
        Scratch.removeLeft(mine);
        assertThat(inside).doesNotExist();
        assertThat(elsewhere.resolve("lib/a.jar")).exists();
    }
}
