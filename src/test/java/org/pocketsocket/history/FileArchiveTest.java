package org.pocketsocket.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArchiveTest extends ArchiveContract {

    @TempDir
    static Path directory;

    private static int count;

    private Path path;
    private long disk;

    @Override
    Archive open(long most) {
        path = directory.resolve("history" + count++);
        disk = 1 << 20;
        return reopen(most);
    }

    private Archive reopen(long most) {
        return new FileArchive(new FileArchive.Where(path, disk, Duration.ofMillis(10)), most, clock::get);
    }

    /** A copy of the file as it is now: what a process leaves that is killed now. */
    private void crash() throws IOException {
        Path copy = path.resolveSibling("copy" + count++);
        Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
        archive.close();
        path = copy;
    }

    private void restart() {
        archive.close();
        archive = reopen(1_000_000);
    }

    @Test
    void history_outlives_a_restart() {
        Place before = say(CHAT, "a");
        say(CHAT, "b");
        say(LOBBY, "ä€𝄞");
        Place nothing = end(new StreamName("other", ""));
        restart();
        assertThat(behind(CHAT, before).isAll()).isTrue();
        assertThat(texts(behind(CHAT, before))).containsExactly("b");
        assertThat(texts(latest(LOBBY, 9))).containsExactly("ä€𝄞");
        assertThat(say(CHAT, "c").offset()).isEqualTo(3);
        assertThat(behind(new StreamName("other", ""), nothing).isAll()).isTrue();
        restart();
        assertThat(texts(behind(CHAT, before))).containsExactly("b", "c");
    }

    @Test
    void what_was_sent_before_a_crash_is_there_and_places_stay_good() throws IOException {
        Place before = say(CHAT, "a");
        say(CHAT, "b");
        crash();
        archive = reopen(1_000_000);
        assertThat(behind(CHAT, before).isAll()).isTrue();
        assertThat(texts(behind(CHAT, before))).containsExactly("b");
    }

    @Test
    void cut_anywhere_it_is_right_as_far_as_it_goes() throws IOException {
        Place start = end(CHAT);
        for (int i = 1; i <= 5; i++) {
            say(CHAT, "text " + i);
        }
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length <= whole.length; length++) {
            archive.close();
            path = directory.resolve("cut" + count++);
            Files.write(path, java.util.Arrays.copyOf(whole, length));
            archive = reopen(1_000_000);
            Page page = behind(CHAT, start);
            List<String> all = List.of("text 1", "text 2", "text 3", "text 4", "text 5");
            assertThat(texts(page)).isEqualTo(all.subList(0, texts(page).size()));
            assertThat(page.whole() || page.events().isEmpty()).isTrue();
            Files.delete(path);
        }
    }

    @Test
    void what_was_changed_anywhere_is_noticed_and_never_taken_for_the_truth() throws IOException {
        Place start = end(CHAT);
        for (int i = 1; i <= 5; i++) {
            say(CHAT, "text " + i);
        }
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] changed = whole.clone();
            int at = random.nextInt(whole.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            archive.close();
            path = directory.resolve("changed" + count++);
            Files.write(path, changed);
            archive = reopen(1_000_000);
            assertThat(texts(latest(CHAT, 9))).allMatch(text -> text.matches("text [1-5]"));
            Page page = behind(CHAT, start);
            assertThat(page.events().size() == page.end().offset() || !page.isAll())
                    .isTrue();
            Files.delete(path);
        }
    }

    @Test
    void after_a_crash_of_the_machine_all_begins_anew_but_what_is_there_can_be_read() throws IOException {
        Place before = say(CHAT, "a");
        say(CHAT, "b");
        crash();
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        LogFile other = LogFile.create(path);
        other.append(new LogRecord.Opened("another run"));
        other.append(new LogRecord.Sent(CHAT, before, 5, System.currentTimeMillis(), "said", "\"a\""));
        other.close();
        archive = reopen(1_000_000);
        assertThat(behind(CHAT, before).whole()).isFalse();
        assertThat(texts(latest(CHAT, 9))).containsExactly("a");
        assertThat(say(CHAT, "c").offset()).isEqualTo(2);
        assertThat(text).isNotEmpty();
    }

    @Test
    void after_a_proper_end_another_run_of_the_machine_does_not_matter() throws IOException {
        LogFile other = LogFile.create(path.resolveSibling("proper"));
        other.append(new LogRecord.Opened("another run"));
        other.append(new LogRecord.Sent(CHAT, new Place("e", 7), 5, System.currentTimeMillis(), "said", "\"a\""));
        other.append(new LogRecord.Closed());
        other.close();
        archive.close();
        path = path.resolveSibling("proper");
        archive = reopen(1_000_000);
        assertThat(behind(CHAT, new Place("e", 6)).isAll()).isTrue();
        assertThat(behind(CHAT, new Place("e", 5)).isAll()).isFalse();
    }

    @Test
    void what_is_too_old_by_the_clock_on_the_wall_is_gone() throws IOException {
        long minutes2 = System.currentTimeMillis() - 120_000;
        LogFile old = LogFile.create(path.resolveSibling("old"));
        old.append(new LogRecord.Sent(CHAT, new Place("e", 1), 5, minutes2, "said", "\"a\""));
        old.append(new LogRecord.Closed());
        old.close();
        archive.close();
        path = path.resolveSibling("old");
        archive = reopen(1_000_000);
        assertThat(latest(CHAT, 9).events()).isEmpty();
        assertThat(end(CHAT)).isEqualTo(new Place("e", 1));
    }

    @Test
    void the_file_stays_about_as_long_as_it_may_be_and_loses_nothing() throws IOException {
        archive.close();
        archive = open(100_000);
        Place last = say(CHAT, "first");
        String text = "x".repeat(1000);
        for (int i = 0; i < 5000; i++) {
            last = say(new StreamName("chat", "room" + i % 3), text);
            assertThat(Files.size(path)).isLessThan(disk);
        }
        StreamName room = new StreamName("chat", "room" + 4999 % 3);
        restart();
        assertThat(end(room)).isEqualTo(last);
        assertThat(latest(room, 9).events()).hasSize(5);
    }

    @Test
    void one_server_at_a_time() {
        assertThatThrownBy(() -> reopen(1000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another server uses it");
    }

    @Test
    void a_file_that_cannot_be_is_said_so() {
        path = directory.resolve("no such directory").resolve("history");
        assertThatThrownBy(() -> reopen(1000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such directory");
    }

    @Test
    void what_is_sent_after_the_end_is_nobodys() {
        archive.close();
        say(CHAT, "late");
        assertThat(texts(latest(CHAT, 9))).containsExactly("late");
        end(LOBBY);
        archive = reopen(1_000_000);
        assertThat(latest(CHAT, 9).events()).isEmpty();
    }

    @Test
    void a_thread_that_was_interrupted_may_send() throws IOException {
        Thread.currentThread().interrupt();
        say(CHAT, "a");
        assertThat(Thread.interrupted()).isTrue();
        say(CHAT, "b");
        restart();
        assertThat(texts(latest(CHAT, 9))).containsExactly("a", "b");
    }

    @Test
    void half_a_record_is_not_taken_for_one() throws IOException {
        say(CHAT, "a");
        crash();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length());
            file.write(new byte[] {0, 0, 1, 0, -1, -1, -2, -1, 7, 7, 7, 7, 7, 7});
        }
        archive = reopen(1_000_000);
        assertThat(texts(latest(CHAT, 9))).containsExactly("a");
        say(CHAT, "b");
        restart();
        assertThat(texts(latest(CHAT, 9))).containsExactly("a", "b");
    }
}
