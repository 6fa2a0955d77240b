package org.pocketsocket.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static Mailbox with(int bound, int messages) {
        Mailbox mailbox = new Mailbox(bound);
        IntStream.rangeClosed(1, messages).forEach(i -> mailbox.add("message " + i)); // 9 bytes each
        return mailbox;
    }

    @Test
    void numbers_messages_from_1_on_and_gives_those_behind_a_number() {
        Mailbox mailbox = with(100, 3);
        assertThat(mailbox.last()).isEqualTo(3);
        assertThat(mailbox.behind(0)).containsExactly("message 1", "message 2", "message 3");
        assertThat(mailbox.behind(2)).containsExactly("message 3");
        assertThat(mailbox.behind(3)).isEmpty();
    }

    @Test
    void keeps_what_is_not_acknowledged_and_tells_the_same_again() {
        Mailbox mailbox = with(100, 3);
        mailbox.acknowledge(1);
        assertThat(mailbox.behind(1)).isEqualTo(mailbox.behind(1)).containsExactly("message 2", "message 3");
        assertThat(mailbox.knows(0)).isFalse();
        assertThat(mailbox.knows(1)).isTrue();
        assertThat(mailbox.knows(3)).isTrue();
        assertThat(mailbox.knows(4)).isFalse();
    }

    @Test
    void an_acknowledgement_of_the_future_or_the_past_harms_nobody() {
        Mailbox mailbox = with(100, 3);
        mailbox.acknowledge(99);
        mailbox.acknowledge(1);
        assertThat(mailbox.last()).isEqualTo(3);
        assertThat(mailbox.knows(3)).isTrue();
        assertThat(mailbox.knows(2)).isFalse();
    }

    @Test
    void is_full_at_its_bound_until_something_is_acknowledged() {
        Mailbox mailbox = with(27, 3);
        assertThat(mailbox.isFull()).isTrue();
        mailbox.add("more"); // the one parcel that was under way
        assertThat(mailbox.behind(0)).hasSize(4);
        mailbox.acknowledge(3);
        assertThat(mailbox.isFull()).isFalse();
    }

    @Test
    void what_a_stream_has_taken_is_kept_only_while_there_is_room() {
        Mailbox mailbox = with(30, 2);
        mailbox.left(2);
        assertThat(mailbox.knows(0)).isTrue();
        mailbox.add("message 3");
        mailbox.add("message 4");
        assertThat(mailbox.knows(0)).isFalse();
        assertThat(mailbox.behind(1)).containsExactly("message 2", "message 3", "message 4");
        mailbox.add("message 5");
        mailbox.add("message 6");
        assertThat(mailbox.isFull()).as("nothing more may be dropped").isTrue();
        assertThat(mailbox.behind(2)).containsExactly("message 3", "message 4", "message 5", "message 6");
    }
}
