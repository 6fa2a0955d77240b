package org.pocketsocket.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every archive promises. */
abstract class ArchiveContract {

    static final StreamName CHAT = new StreamName("chat", "");
    static final StreamName LOBBY = new StreamName("chat", "lobby");
    static final Terms TERMS = new Terms(5, Duration.ofSeconds(60));

    final AtomicLong clock = new AtomicLong();
    Archive archive = open(1_000_000);

    /** A new one with this bound. */
    abstract Archive open(long most);

    @AfterEach
    void end() {
        archive.close();
    }

    Place say(StreamName stream, String text) {
        return archive.append(stream, TERMS, new Archive.Draft("said", '"' + text + '"', Set.of()));
    }

    List<String> texts(Page page) {
        return page.events().stream()
                .map(Kept::data)
                .map(data -> data.replace("\"", ""))
                .toList();
    }

    Page behind(StreamName stream, Place since) {
        return archive.read(stream, TERMS, Range.behind(since, 100, 10_000));
    }

    Page latest(StreamName stream, int limit) {
        return archive.read(stream, TERMS, Range.latest(limit, 10_000));
    }

    Place end(StreamName stream) {
        return latest(stream, 0).end();
    }

    void sleep(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void offsets_go_up_by_one_from_one_on_in_each_stream() {
        assertThat(end(CHAT).offset()).isZero();
        assertThat(say(CHAT, "a").offset()).isEqualTo(1);
        assertThat(say(LOBBY, "x").offset()).isEqualTo(1);
        assertThat(say(CHAT, "b").offset()).isEqualTo(2);
        assertThat(end(CHAT).epoch()).isNotEqualTo(end(LOBBY).epoch());
    }

    @Test
    void who_was_away_gets_everything_it_missed_in_order() {
        Place before = say(CHAT, "a");
        say(CHAT, "b");
        say(CHAT, "c");
        Page page = behind(CHAT, before);
        assertThat(page.isAll()).isTrue();
        assertThat(texts(page)).containsExactly("b", "c");
        assertThat(page.events().get(0)).isEqualTo(new Kept(2, "said", "\"b\"", Set.of()));
        assertThat(page.end().offset()).isEqualTo(3);
    }

    @Test
    void who_missed_nothing_is_told_so() {
        Place before = say(CHAT, "a");
        assertThat(behind(CHAT, before).isAll()).isTrue();
        assertThat(behind(CHAT, before).events()).isEmpty();
    }

    @Test
    void who_was_there_before_the_first_event_gets_it() {
        Place before = end(CHAT);
        say(CHAT, "a");
        assertThat(behind(CHAT, before).isAll()).isTrue();
        assertThat(texts(behind(CHAT, before))).containsExactly("a");
    }

    @Test
    void only_the_latest_are_kept_and_who_missed_more_gets_nothing() {
        Place start = end(CHAT);
        Place first = say(CHAT, "1");
        for (int i = 2; i <= 6; i++) {
            say(CHAT, String.valueOf(i));
        }
        assertThat(texts(latest(CHAT, 100))).containsExactly("2", "3", "4", "5", "6");
        assertThat(texts(behind(CHAT, first))).containsExactly("2", "3", "4", "5", "6");
        assertThat(behind(CHAT, start).whole()).isFalse();
        assertThat(behind(CHAT, start).events()).isEmpty();
    }

    @Test
    void what_is_too_old_is_gone_but_who_had_it_missed_nothing() {
        Place first = say(CHAT, "old");
        Place second = say(CHAT, "old too");
        sleep(61);
        assertThat(latest(CHAT, 100).events()).isEmpty();
        assertThat(behind(CHAT, second).isAll()).isTrue();
        assertThat(behind(CHAT, first).whole()).isFalse();
        assertThat(say(CHAT, "new").offset()).isEqualTo(3);
        assertThat(texts(behind(CHAT, second))).containsExactly("new");
    }

    @Test
    void a_place_of_another_epoch_or_ahead_of_all_is_no_place() {
        Place end = say(CHAT, "a");
        assertThat(behind(CHAT, new Place("other", 0)).whole()).isFalse();
        assertThat(behind(CHAT, new Place("other", 1)).whole()).isFalse();
        assertThat(behind(CHAT, new Place(end.epoch(), 2)).whole()).isFalse();
        assertThat(archive.read(CHAT, TERMS, new Range(new Place("other", 1), true, 9, 999))
                        .whole())
                .isFalse();
    }

    @Test
    void a_page_says_when_there_is_more() {
        Place start = end(CHAT);
        List.of("1", "2", "3").forEach(text -> say(CHAT, text));
        Page page = archive.read(CHAT, TERMS, Range.behind(start, 2, 10_000));
        assertThat(texts(page)).containsExactly("1", "2");
        assertThat(page.more()).isTrue();
        assertThat(page.whole()).isTrue();
        assertThat(page.isAll()).isFalse();
        assertThat(archive.read(CHAT, TERMS, Range.behind(start, 3, 10_000)).isAll())
                .isTrue();
    }

    @Test
    void a_page_has_no_more_characters_than_asked_for() {
        Place start = end(CHAT);
        List.of("1", "2", "3").forEach(text -> say(CHAT, text));
        Page page = archive.read(CHAT, TERMS, Range.behind(start, 100, 2 * "said\"1\"".length()));
        assertThat(texts(page)).containsExactly("1", "2");
        assertThat(page.more()).isTrue();
    }

    @Test
    void history_can_be_read_backwards_page_by_page() {
        List.of("1", "2", "3", "4", "5").forEach(text -> say(CHAT, text));
        Page page = archive.read(CHAT, TERMS, new Range(null, true, 2, 10_000));
        assertThat(texts(page)).containsExactly("5", "4");
        assertThat(page.more()).isTrue();
        Place at = new Place(page.end().epoch(), page.events().get(1).offset());
        page = archive.read(CHAT, TERMS, new Range(at, true, 9, 10_000));
        assertThat(texts(page)).containsExactly("3", "2", "1");
        assertThat(page.more()).isFalse();
    }

    @Test
    void late_joiners_may_have_the_last_few() {
        List.of("1", "2", "3").forEach(text -> say(CHAT, text));
        assertThat(texts(latest(CHAT, 2))).containsExactly("2", "3");
        assertThat(latest(CHAT, 0).events()).isEmpty();
        assertThat(latest(CHAT, 0).end().offset()).isEqualTo(3);
    }

    @Test
    void who_was_not_to_get_it_is_kept_with_it() {
        archive.append(CHAT, TERMS, new Archive.Draft("said", "1", Set.of("ada")));
        assertThat(latest(CHAT, 1).events().get(0).except()).containsExactly("ada");
    }

    @Test
    void fewer_are_kept_from_when_the_terms_say_so() {
        List.of("1", "2", "3").forEach(text -> say(CHAT, text));
        archive.append(CHAT, new Terms(2, TERMS.ttl()), new Archive.Draft("said", "4", Set.of()));
        assertThat(texts(latest(CHAT, 9))).containsExactly("3", "4");
    }

    @Test
    void over_the_bound_the_stream_that_was_not_used_for_longest_loses_its_oldest_first() {
        archive.close();
        archive = open(3000);
        Place first = say(CHAT, "a");
        String long500 = "x".repeat(500);
        say(LOBBY, "b");
        say(CHAT, "c");
        say(LOBBY, long500);
        assertThat(behind(LOBBY, new Place(end(LOBBY).epoch(), 0)).isAll()).isTrue();
        assertThat(behind(CHAT, first).isAll()).isTrue();
        Place lobby = end(LOBBY);
        assertThat(end(CHAT).offset()).isEqualTo(2);
        say(CHAT, long500);
        assertThat(behind(LOBBY, new Place(lobby.epoch(), 0)).isAll()).isFalse();
        assertThat(texts(behind(CHAT, first))).containsExactly("c", long500);
    }

    @Test
    void a_stream_that_was_forgotten_begins_a_new_epoch() {
        archive.close();
        archive = open(2000);
        Place old = say(CHAT, "a");
        for (int i = 0; i < 20; i++) {
            say(new StreamName("chat", "room" + i), "x");
        }
        assertThat(behind(CHAT, old).whole()).isFalse();
        assertThat(end(CHAT).epoch()).isNotEqualTo(old.epoch());
    }
}
