package org.pocketsocket.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.Rejection;
import org.pocketsocket.demo.GuestbookChannel.Entry;
import org.pocketsocket.demo.GuestbookChannel.Wish;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** GS-92: lines are stored, and the log is served. */
class GuestbookChannelTest {

    @TempDir
    private Path directory;

    private static Entry[] reads(TestClient who) {
        return who.ask("socket.join", Map.of("channel", "guestbook"), Entry[].class);
    }

    @Test
    void lines_outlive_the_server_GS92() {
        Entry written;
        try (TestPocket pocket = TestPocket.of(new GuestbookChannel(directory))) {
            TestClient bob = pocket.connect().join("guestbook");
            written = pocket.connect().ask("guestbook.sign", new Wish(" ada ", "hello\n\"wörld\" 🌍"), Entry.class);
            assertThat(bob.next("guestbook.signed", Entry.class)).isEqualTo(written);
        }
        try (TestPocket pocket = TestPocket.of(new GuestbookChannel(directory))) {
            assertThat(reads(pocket.connect())).containsExactly(written);
            assertThat(written.name()).isEqualTo("ada");
        }
    }

    @Test
    void says_no_to_who_writes_nothing_or_too_much_or_too_often() {
        try (TestPocket pocket = TestPocket.of(new GuestbookChannel(directory))) {
            TestClient ada = pocket.connect();
            refuses(ada, new Wish("ada", null), "invalid_text");
            refuses(ada, new Wish("ada", "x".repeat(501)), "invalid_text");
            refuses(ada, new Wish("", "hello"), "invalid_text");
            ada.ask("guestbook.sign", new Wish("ada", "1"));
            ada.ask("guestbook.sign", new Wish("ada", "2"));
            refuses(ada, new Wish("ada", "3"), "too_many");
        }
    }

    private static void refuses(TestClient who, Wish wish, String error) {
        assertThatThrownBy(() -> who.ask("guestbook.sign", wish))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.error()).isEqualTo(error));
    }

    @Test
    void the_file_keeps_the_last_lines_and_does_not_grow() throws IOException {
        Path path = directory.resolve("deep/lines");
        LineFile file = new LineFile(path, 3);
        assertThat(file.lines()).isEmpty();
        for (int i = 1; i <= 20; i++) {
            file.add("line " + i);
            assertThat(Files.readAllLines(path)).hasSizeLessThanOrEqualTo(6);
        }
        assertThat(file.lines()).containsExactly("line 18", "line 19", "line 20");
    }
}
