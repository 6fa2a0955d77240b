package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {

    private static final String AB = "4a\u001e4b";

    @Test
    void revision_4_separates_packets() {
        assertThat(Revision.FOUR.read("4hello")).containsExactly("4hello");
        assertThat(Revision.FOUR.read("4hello\u001ebAQIDBA==\u001e2")).containsExactly("4hello", "bAQIDBA==", "2");
        assertThat(Revision.FOUR.write(List.of("4hello", "bAQIDBA==", "2"))).isEqualTo("4hello\u001ebAQIDBA==\u001e2");
        assertThat(Revision.FOUR.write(List.of(AB))).isEqualTo(AB);
    }

    @Test
    void revision_3_counts_characters() {
        assertThat(Revision.THREE.read("6:4hello2:4€")).containsExactly("4hello", "4€");
        assertThat(Revision.THREE.read("10:b4AQIDBA==1:2")).containsExactly("bAQIDBA==", "2");
        assertThat(Revision.THREE.write(List.of("4hello", "bAQIDBA==", "4€"))).isEqualTo("6:4hello10:b4AQIDBA==2:4€");
        assertThat(Revision.THREE.write(List.of(AB))).isEqualTo("2:4a2:4b");
        assertThat(Revision.THREE.read("3:4\ud83d\ude00")).containsExactly("4\ud83d\ude00");
    }

    @Test
    void revision_3_sends_bodies_of_bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 4, (byte) 0xff});
        body.writeBytes("4€".getBytes(UTF_8));
        body.writeBytes(new byte[] {1, 3, (byte) 0xff, 4, 1, 2});
        assertThat(Revision.THREE.read(body.toByteArray())).containsExactly("4€", "bAQI=");
    }

    @Test
    void revision_3_gets_bytes_when_there_are_some_and_it_can_read_them() {
        List<String> mixed = List.of("4hello", "bAQIDBA==");
        assertThat(written(Revision.THREE, mixed, true)).isEqualTo("0006ff3468656c6c6f" + "0105ff0401020304");
        assertThat(written(Revision.THREE, mixed, false)).isEqualTo("6:4hello10:b4AQIDBA==");
        assertThat(written(Revision.THREE, List.of("4€"), true)).isEqualTo("2:4€");
        assertThat(written(Revision.THREE, List.of("4€\u001ebAQ=="), true)).isEqualTo("0004ff34e282ac" + "0102ff0401");
        assertThat(written(Revision.THREE, List.of("4aaaaaaaaaa", "bAQ=="), true))
                .startsWith("000101ff3461");
        assertThat(written(Revision.FOUR, mixed, true)).isEqualTo("4hello\u001ebAQIDBA==");
    }

    private static String written(Revision revision, List<String> packets, boolean bytes) {
        Fakes.FakePoll poll = new Fakes.FakePoll();
        revision.write(packets, bytes, poll);
        return poll.got;
    }

    @Test
    void bodies_of_bytes_keep_to_their_lengths() {
        byte[] body = {0, 4, (byte) 0xff, '4', 'a', 'b', 'c', 1, 1, 0, (byte) 0xff, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(Revision.THREE.read(body)).containsExactly("4abc", "bAQIDBAUGBwgJ");
        for (int cut = 1; cut < body.length; cut++) {
            byte[] part = java.util.Arrays.copyOf(body, cut);
            if (cut != 7) {
                assertThatThrownBy(() -> Revision.THREE.read(part)).isInstanceOf(BadPacket.class);
            }
        }
        assertThatThrownBy(() -> Revision.FOUR.read(body)).isInstanceOf(BadPacket.class);
        byte[] endless = {0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, (byte) 0xff, '4'};
        assertThatThrownBy(() -> Revision.THREE.read(endless)).isInstanceOf(BadPacket.class);
        assertThatThrownBy(() -> Revision.THREE.read(new byte[] {2, 1, (byte) 0xff, '4'}))
                .isInstanceOf(BadPacket.class);
        assertThatThrownBy(() -> Revision.THREE.read(new byte[] {1, 1, (byte) 0xff, '4'}))
                .isInstanceOf(BadPacket.class);
    }

    @Test
    void messages_of_bytes_have_a_type_in_revision_3_only() {
        assertThat(Revision.FOUR.readMessage(new byte[] {1, 2})).isEqualTo("bAQI=");
        assertThat(Revision.THREE.readMessage(new byte[] {4, 1, 2})).isEqualTo("bAQI=");
        assertThatThrownBy(() -> Revision.THREE.readMessage(new byte[] {1, 2})).isInstanceOf(BadPacket.class);
        assertThatThrownBy(() -> Revision.THREE.readMessage(new byte[0])).isInstanceOf(BadPacket.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "7", "4a\u001e", "\u001e4a", "bA", "bAQID!", "b===="})
    void what_is_no_packet_is_refused(String body) {
        assertThatThrownBy(() -> Revision.FOUR.read(body)).isInstanceOf(BadPacket.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "4hello", ":4a", "0:", "1:abc", "9999999999:4", "-1:4", "2:4", "x:4", "3:4a"})
    void what_is_no_body_of_revision_3_is_refused(String body) {
        assertThatThrownBy(() -> Revision.THREE.read(body)).isInstanceOf(BadPacket.class);
    }
}
