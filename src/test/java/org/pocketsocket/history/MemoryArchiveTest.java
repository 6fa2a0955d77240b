package org.pocketsocket.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryArchiveTest extends ArchiveContract {

    @Override
    Archive open(long most) {
        return new MemoryArchive(most, clock::get);
    }

    @Test
    void a_hundred_thousand_rooms_stay_inside_the_bound() {
        long most = 16 << 20;
        MemoryArchive memory = new MemoryArchive(most, clock::get);
        archive = memory;
        long before = used();
        String text = "x".repeat(100);
        for (int i = 0; i < 300_000; i++) {
            say(new StreamName("chat", "room " + i % 100_000), text);
            assertThat(memory.bytes()).isLessThanOrEqualTo(most);
        }
        assertThat(used() - before).isLessThan(most);
        assertThat(texts(latest(new StreamName("chat", "room 99999"), 9))).contains(text);
    }

    /** After collecting, which may take more than one request. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return IntStream.range(0, 5)
                .mapToLong(i -> {
                    System.gc();
                    return runtime.totalMemory() - runtime.freeMemory();
                })
                .min()
                .orElseThrow();
    }

    @Test
    void an_event_larger_than_the_bound_is_not_kept_and_nobody_is_told_that_it_was() {
        archive = new MemoryArchive(1000, clock::get);
        Place before = say(CHAT, "a");
        archive.append(CHAT, TERMS, new Archive.Draft("said", "\"" + "x".repeat(1000) + "\"", Set.of()));
        assertThat(behind(CHAT, before).isAll()).isFalse();
    }

    @Test
    void another_archive_has_other_epochs() {
        Place end = say(CHAT, "a");
        archive = new MemoryArchive(1000, clock::get);
        say(CHAT, "b");
        assertThat(behind(CHAT, end).whole()).isFalse();
    }
}
