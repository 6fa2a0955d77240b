package org.pocketsocket.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTest {

    private static final int DEPTH = 64;

    private static Packet read(String text) {
        return Packet.read(text, DEPTH);
    }

    @Test
    void reads_what_official_clients_write() {
        assertThat(read("0")).isEqualTo(new Packet(Packet.CONNECT, 0, "/", -1, ""));
        assertThat(read("0{\"token\":\"123\"}")).isEqualTo(new Packet(0, 0, "/", -1, "{\"token\":\"123\"}"));
        assertThat(read("0/admin,{}")).isEqualTo(new Packet(0, 0, "/admin", -1, "{}"));
        assertThat(read("0/admin")).isEqualTo(new Packet(0, 0, "/admin", -1, ""));
        assertThat(read("1/admin,")).isEqualTo(new Packet(1, 0, "/admin", -1, ""));
        assertThat(read("2[\"a\",1]")).isEqualTo(new Packet(2, 0, "/", -1, "[\"a\",1]"));
        assertThat(read("2/admin,456[\"a\"]")).isEqualTo(new Packet(2, 0, "/admin", 456, "[\"a\"]"));
        assertThat(read("3/admin,456[]")).isEqualTo(new Packet(3, 0, "/admin", 456, "[]"));
        assertThat(read("51-[\"a\",{\"_placeholder\":true,\"num\":0}]").attachments())
                .isEqualTo(1);
        assertThat(read("60-12[]")).isEqualTo(new Packet(6, 0, "/", 12, "[]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "7",
                "9[]",
                "2",
                "2{}",
                "2abc[\"a\"]",
                "2\"a\"",
                "3[]",
                "3a[]",
                "0[]",
                "0{",
                "0{}{}",
                "0{},{}",
                "1[]",
                "5[\"a\"]",
                "5-[\"a\"]",
                "5a-[\"a\"]",
                "511-[\"a\"]",
                "5999999999999999999-[]",
                "2[\"a\"",
                "2[\"a\"]x",
                "29999999999999999999[\"a\"]",
                "2/a\u0001,[\"a\"]",
                "2 [\"a\"]"
            })
    void what_is_no_packet_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadPacket.class);
    }

    @Test
    void json_may_be_nested_as_deep_as_is_said() {
        String deep = "[".repeat(64) + "]".repeat(64);
        assertThat(read("2[\"a\"," + deep + "]").data()).contains(deep);
        assertThatThrownBy(() -> read("2[\"a\",[" + deep + "]]")).isInstanceOf(BadPacket.class);
        assertThatThrownBy(() -> read("0{\"a\":[" + deep + "]}")).isInstanceOf(BadPacket.class);
    }

    @Test
    void attachments_stand_where_they_belong_whatever_the_order_of_keys() {
        Packet packet = read("52-[\"a\",{\"_placeholder\":true,\"num\":1},{ \"num\" : 0 , \"_placeholder\" : true }]");
        Attachments attachments = new Attachments(packet).add("AQ==");
        assertThat(attachments.isComplete()).isFalse();
        assertThat(attachments.add("Ag==").isComplete()).isTrue();
        assertThat(attachments.whole().data()).isEqualTo("[\"a\",{\"base64\":\"Ag==\"},{\"base64\":\"AQ==\"}]");
    }

    @Test
    void a_placeholder_stands_for_one_attachment_and_no_other_placeholder_does() {
        String place = "{\"_placeholder\":true,\"num\":0}";
        Packet twice = read("51-[\"a\"," + place + "," + place + "]");
        assertThatThrownBy(() -> new Attachments(twice).add("AQ==").whole()).isInstanceOf(BadPacket.class);
        Packet wrong = read("51-[\"a\",{\"_placeholder\":true,\"num\":7}]");
        assertThatThrownBy(() -> new Attachments(wrong).add("AQ==").whole()).isInstanceOf(BadPacket.class);
        Packet quoted = read("51-[\"a\",\"{\\\"_placeholder\\\":true,\\\"num\\\":0}\"]");
        assertThat(new Attachments(quoted).add("AQ==").whole().data()).isEqualTo(quoted.data());
    }

    @Test
    void binary_data_is_taken_out_of_json_ten_times_at_most() {
        List<String> attachments = new ArrayList<>();
        assertThat(Attachments.extract("[1,{\"base64\":\"AQ==\"},\"{\\\"base64\\\":\\\"AQ==\\\"}\"]", attachments))
                .isEqualTo("[1,{\"_placeholder\":true,\"num\":0},\"{\\\"base64\\\":\\\"AQ==\\\"}\"]");
        assertThat(attachments).containsExactly("AQ==");
        String one = "{\"base64\":\"Ag==\"}";
        String eleven = "[" + (one + ",").repeat(10) + one + "]";
        attachments.clear();
        assertThat(Attachments.extract(eleven, attachments)).endsWith("," + one + "]");
        assertThat(attachments).hasSize(10);
    }

    @Test
    void random_text_is_read_or_refused_and_nothing_else() {
        Random random = new Random(7);
        String letters = "0123456,-/[]{}\"a:?\u001e \u0001\ud83d";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                assertThat(read(text.toString()).namespace()).startsWith("/");
            } catch (BadPacket e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
