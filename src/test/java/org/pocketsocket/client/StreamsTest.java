package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was missed, in order, once; or that it was missed for good. */
class StreamsTest {

    private final Streams streams = new Streams("chat");
    private final List<String> got = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    private static Heard.Event event(String room, long offset) {
        Payload data = Payload.of(room + offset);
        return new Heard.Event("chat", "said", List.of(data), "", null, new Heard.Place(room, offset));
    }

    private static String history(String epoch, long offset, String more, long... events) {
        StringBuilder json = new StringBuilder();
        for (long each : events) {
            json.append(json.length() == 0 ? "" : ",")
                    .append("{\"event\":\"said\",\"offset\":" + each + ",\"data\":\"" + each + "\"}");
        }
        return "{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + more + ",\"events\":[" + json + "]}";
    }

    private String take(Streams.Next next) {
        next.deliver().forEach(each -> got.add(String.valueOf(each.data().value())));
        gaps.addAll(next.gaps());
        return next.fetch();
    }

    private void joined(String json) {
        streams.hold();
        take(streams.caughtUp(Map.of("", json)));
    }

    @Test
    void events_without_a_place_go_through() {
        assertThat(take(streams.live(new Heard.Event("chat", "said", List.of(Payload.of("x")), "", null, null))))
                .isNull();
        assertThat(got).containsExactly("x");
        assertThat(streams.since()).isNull();
    }

    @Test
    void a_first_join_goes_on_where_the_stream_ends() {
        joined(history("e", 12, ""));
        assertThat(streams.since()).isEqualTo("{\"\":{\"epoch\":\"e\",\"offset\":12}}");
        assertThat(take(streams.live(event("", 13)))).isNull();
        assertThat(got).containsExactly("13");
        assertThat(streams.since("")).isEqualTo("{\"epoch\":\"e\",\"offset\":13}");
    }

    @Test
    void what_comes_before_the_answer_waits_and_nothing_comes_twice() {
        joined(history("e", 12, ""));
        streams.hold();
        take(streams.live(event("", 14)));
        take(streams.live(event("", 15)));
        assertThat(got).isEmpty();
        take(streams.caughtUp(Map.of("", history("e", 14, ",\"recovered\":true", 13, 14))));
        assertThat(got).containsExactly("13", "14", "15");
        assertThat(gaps).isEmpty();
        take(streams.live(event("", 15)));
        assertThat(got).hasSize(3);
    }

    @Test
    void another_epoch_is_a_gap_and_the_new_count_is_taken() {
        joined(history("e", 12, ""));
        streams.hold();
        take(streams.live(event("", 2)));
        take(streams.caughtUp(Map.of("", history("f", 1, ",\"recovered\":false"))));
        assertThat(gaps).containsExactly("");
        assertThat(got).containsExactly("2");
        assertThat(streams.since("")).isEqualTo("{\"epoch\":\"f\",\"offset\":2}");
    }

    @Test
    void what_cannot_be_had_is_a_gap_and_what_was_seen_is_not_told_again() {
        joined(history("e", 12, ""));
        streams.hold();
        take(streams.caughtUp(Map.of("", history("e", 900, ",\"recovered\":false", 12, 900))));
        assertThat(gaps).containsExactly("");
        assertThat(got).containsExactly("900");
    }

    @Test
    void a_hole_between_live_events_is_asked_for() {
        joined(history("e", 12, ""));
        assertThat(take(streams.live(event("", 15)))).isEmpty();
        assertThat(Pocket.object(streams.missing("", 7).data()))
                .isEqualTo("{\"channel\":\"chat\",\"since\":{\"epoch\":\"e\",\"offset\":12}}");
        take(streams.live(event("", 16)));
        assertThat(got).isEmpty();
        assertThat(take(streams.caughtUp(Map.of("", history("e", 15, ",\"recovered\":true", 13, 14, 15)))))
                .isNull();
        assertThat(got).containsExactly("13", "14", "15", "16");
        assertThat(gaps).isEmpty();
    }

    @Test
    void events_that_are_not_for_us_leave_no_gap() {
        joined(history("e", 12, ""));
        assertThat(take(streams.live(event("", 14)))).isEmpty();
        take(streams.caughtUp(Map.of("", history("e", 14, ",\"recovered\":true", 14))));
        assertThat(got).containsExactly("14");
        assertThat(gaps).isEmpty();
    }

    @Test
    void without_an_answer_it_goes_on_and_tells() {
        joined(history("e", 12, ""));
        take(streams.live(event("", 15)));
        take(streams.lost(""));
        assertThat(gaps).containsExactly("");
        assertThat(got).containsExactly("15");
    }

    @Test
    void a_room_that_it_was_put_into_is_asked_for_its_epoch() {
        joined(history("e", 12, ""));
        assertThat(take(streams.live(event("lobby", 5)))).isEqualTo("lobby");
        assertThat(Pocket.object(streams.missing("lobby", 7).data()))
                .isEqualTo("{\"channel\":\"chat\",\"room\":\"lobby\",\"limit\":0}");
        take(streams.live(event("lobby", 6)));
        take(streams.caughtUp(Map.of("lobby", history("l", 9, ",\"more\":true"))));
        take(streams.live(event("lobby", 7)));
        assertThat(got).containsExactly("lobby5", "lobby6", "lobby7");
        assertThat(gaps).isEmpty();
        assertThat(streams.since("lobby")).isEqualTo("{\"epoch\":\"l\",\"offset\":7}");
    }

    @Test
    void a_connection_lost_before_that_was_answered_is_a_gap_of_the_room() {
        take(streams.live(event("lobby", 5)));
        streams.hold();
        take(streams.caughtUp(Map.of("lobby", history("l", 9, ",\"recovered\":false"))));
        assertThat(gaps).containsExactly("lobby");
        assertThat(streams.since("lobby")).isEqualTo("{\"epoch\":\"l\",\"offset\":9}");
    }

    @Test
    void whatever_is_lost_on_the_way_all_comes_once_and_in_order() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            Streams each = new Streams("chat");
            List<Long> seen = new ArrayList<>();
            each.hold();
            note(each.caughtUp(Map.of("", history("e", 0, ""))), seen);
            String fetch = null;
            for (long offset = 1; offset <= 100; offset++) {
                if (random.nextInt(4) > 0) {
                    String more = note(each.live(event("", offset)), seen);
                    fetch = more == null ? fetch : more;
                }
                if (random.nextInt(10) == 0) { // the connection is lost, and comes back
                    each.hold();
                    fetch = note(each.caughtUp(Map.of("", behind(each, offset))), seen);
                } else if (fetch != null && random.nextBoolean()) {
                    fetch = note(each.caughtUp(Map.of("", behind(each, offset))), seen);
                }
            }
            each.hold();
            note(each.caughtUp(Map.of("", behind(each, 100))), seen);
            assertThat(seen)
                    .isEqualTo(
                            IntStream.rangeClosed(1, 100).asLongStream().boxed().toList());
        }
    }

    private static String note(Streams.Next next, List<Long> seen) {
        next.deliver().forEach(event -> seen.add(event.place().offset()));
        return next.fetch();
    }

    /** As a server answers that keeps everything. */
    private static String behind(Streams streams, long end) {
        long from = Long.parseLong(streams.since("").replaceAll(".*offset\":(\\d+).*", "$1"));
        return history(
                "e",
                end,
                ",\"recovered\":true",
                IntStream.rangeClosed((int) from + 1, (int) end).asLongStream().toArray());
    }
}
