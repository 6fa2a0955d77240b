package org.pocketsocket.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocketsocket.message.Parcel;

/** What is kept of what a client was sent, packet by packet. */
class RecoveryTest {

    private static final String CHAT = "/chat";
    private static final String NEWS = "/news";

    private final List<String> ends = new ArrayList<>();
    private final Runnable first = () -> ends.add("first");
    private final Runnable second = () -> ends.add("second");
    private final Recovery recovery = new Recovery("secret", 100, first);

    private String joins(String namespace) {
        String pid = recovery.join(namespace);
        sends(first, "40" + namespace + ",{}");
        return pid;
    }

    private List<String> sends(Runnable over, String... texts) {
        return recovery.write(over, new Parcel(List.of(texts))).texts();
    }

    private static String event(String namespace, String name) {
        return "42" + namespace + ",[\"" + name + "\",\"" + name + "-offset\"]";
    }

    /** A client that comes back and had this. */
    private List<String> comesBack(String namespace, String pid, String had) {
        assertThat(recovery.resume(second, namespace, pid, had == null ? null : had + "-offset"))
                .isTrue();
        return sends(second, "40" + namespace + ",{}");
    }

    @Test
    void what_goes_out_is_what_came() {
        joins(CHAT);
        Parcel parcel = new Parcel(List.of(event(CHAT, "a"), "43/chat,1[]", event(CHAT, "b")));
        assertThat(recovery.write(first, parcel)).isSameAs(parcel);
    }

    @Test
    void what_one_did_not_get_follows_the_packet_that_says_that_one_is_back() {
        String pid = joins(CHAT);
        sends(first, event(CHAT, "a"), event(CHAT, "b"));
        sends(first, event(CHAT, "c"));
        assertThat(comesBack(CHAT, pid, "a")).containsExactly("40/chat,{}", event(CHAT, "b"), event(CHAT, "c"));
    }

    @Test
    void who_got_nothing_is_sent_everything_and_who_got_everything_nothing() {
        String pid = joins(CHAT);
        sends(first, event(CHAT, "a"), event(CHAT, "b"));
        assertThat(comesBack(CHAT, pid, null)).hasSize(3);
        assertThat(comesBack(CHAT, pid, "b")).hasSize(1);
    }

    @Test
    void attachments_come_along_and_the_packet_behind_a_welcome_counts() {
        String pid = recovery.join(CHAT);
        String binary = "451-/chat,[\"b\",{\"_placeholder\":true,\"num\":0},\"b-offset\"]\u001ebAQID";
        assertThat(sends(first, "40/chat,{}\u001e" + event(CHAT, "hello"), binary))
                .containsExactly("40/chat,{}", event(CHAT, "hello"), binary);
        assertThat(comesBack(CHAT, pid, "hello")).containsExactly("40/chat,{}", binary);
    }

    @Test
    void only_events_that_want_no_answer_are_kept() {
        String pid = joins(CHAT);
        sends(first, "42/chat,7[\"question\",\"x\"]", "43/chat,1[\"answer\"]", "43/chat,2[]", "2", "");
        assertThat(comesBack(CHAT, pid, null)).containsExactly("40/chat,{}");
    }

    @Test
    void each_namespace_waits_until_it_is_asked_for() {
        String chat = joins(CHAT);
        String news = joins(NEWS);
        sends(first, event(CHAT, "a"), event(NEWS, "x"), event(CHAT, "b"));
        assertThat(comesBack(CHAT, chat, "a")).containsExactly("40/chat,{}", event(CHAT, "b"));
        assertThat(recovery.waiting(second)).containsExactly(NEWS);
        assertThat(recovery.waiting(first))
                .as("that one has nothing to wait for")
                .isEmpty();
        assertThat(recovery.isOpen(NEWS)).isFalse();
        assertThat(sends(second, event(NEWS, "y"), event(CHAT, "c"))).containsExactly(event(CHAT, "c"));
        assertThat(comesBack(NEWS, news, null)).containsExactly("40/news,{}", event(NEWS, "x"), event(NEWS, "y"));
        assertThat(recovery.waiting(second)).isEmpty();
    }

    @Test
    void the_main_namespace_has_no_name() {
        String pid = recovery.join(Packet.MAIN);
        sends(first, "40{}", "42[\"a\",\"a-offset\"]", "42[\"b\",\"b-offset\"]");
        assertThat(recovery.resume(second, Packet.MAIN, pid, "a-offset")).isTrue();
        assertThat(sends(second, "40{}")).containsExactly("40{}", "42[\"b\",\"b-offset\"]");
    }

    @Test
    void who_missed_more_than_is_kept_does_not_come_back() {
        String pid = joins(CHAT);
        List<String> names = List.of("a", "b", "c", "d", "e");
        names.forEach(name -> sends(first, event(CHAT, name))); // 25 characters each: "a" is forgotten
        assertThat(recovery.resume(second, CHAT, pid, null)).isFalse();
        assertThat(comesBack(CHAT, pid, "a")).as("nothing behind it is").hasSize(5);
    }

    @Test
    void one_that_is_forgotten_in_between_ends_the_connection() {
        String pid = joins(CHAT);
        sends(first, event(CHAT, "a"));
        assertThat(recovery.resume(second, CHAT, pid, null)).isTrue();
        for (String name : List.of("b", "c", "d", "e")) {
            sends(second, event(CHAT, name));
        }
        assertThat(sends(second, "40/chat,{}")).isEmpty();
        assertThat(ends).containsExactly("second");
        assertThat(recovery.resume(first, CHAT, pid, "e-offset")).isFalse();
    }

    @Test
    void what_an_old_connection_was_given_too_late_ends_the_new_one() {
        String pid = joins(CHAT);
        comesBack(CHAT, pid, null);
        assertThat(sends(first, event(CHAT, "late"))).isEmpty();
        assertThat(ends).containsExactly("second");
        assertThat(recovery.resume(first, CHAT, pid, null)).isFalse();
    }

    @Test
    void who_left_or_was_put_out_or_was_not_let_in_cannot_come_back() {
        String pid = joins(CHAT);
        recovery.leave(CHAT);
        assertThat(recovery.resume(second, CHAT, pid, null)).isFalse();
        String other = joins(CHAT);
        sends(first, "41/chat,");
        assertThat(recovery.resume(second, CHAT, other, null)).isFalse();
        String third = recovery.join(CHAT);
        sends(first, "44/chat,{\"message\":\"no\"}");
        assertThat(recovery.resume(second, CHAT, third, null)).isFalse();
    }

    @Test
    void who_joins_again_begins_anew() {
        String before = joins(CHAT);
        sends(first, event(CHAT, "a"));
        String after = joins(CHAT);
        assertThat(after).isNotEqualTo(before);
        assertThat(recovery.resume(second, CHAT, before, "a-offset")).isFalse();
        assertThat(comesBack(CHAT, after, null)).hasSize(1);
    }

    @Test
    void the_secret_is_what_the_server_finds_the_client_by() {
        assertThat(Recovery.secret(recovery.join(CHAT))).isEqualTo("secret");
        assertThat(Recovery.secret("nonsense")).isEmpty();
        assertThat(Recovery.secret("")).isEmpty();
    }
}
