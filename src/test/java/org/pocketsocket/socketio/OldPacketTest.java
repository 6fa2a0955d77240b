package org.pocketsocket.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Outgoing;

/** The packets of Socket.IO 0.9, line by line of the seeds. */
class OldPacketTest {

    private static final Instant NOW = Instant.EPOCH;

    private final OldCodec codec = new OldCodec();

    private static OldPacket read(String text) {
        return OldPacket.read(text);
    }

    private Incoming.Envelope event(String text) {
        return (Incoming.Envelope) codec.decode(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0::", "0:::"})
    void disconnect_of_the_whole_socket_SP10(String text) {
        assertThat(read(text)).isEqualTo(new OldPacket(0, "", false, "", ""));
        assertThat(read("0::/test").channel()).isEqualTo("test");
    }

    @ParameterizedTest
    @CsvSource({
        "1::, '', ''",
        "1::/test, test, ''",
        "1::/test?my=param, test, my=param",
        "1::/test:?test=1, test, test=1"
    })
    void connect_with_a_query_in_either_place_SP11(String text, String channel, String query) {
        assertThat(read(text).channel()).isEqualTo(channel);
        assertThat(read(text).query()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2::", "2:::"})
    void heartbeat_SP12(String text) {
        assertThat(read(text).type()).isEqualTo(OldPacket.HEARTBEAT);
    }

    @Test
    void message_SP13() {
        assertThat(event("3:::woot").data()).isEqualTo("\"woot\"");
        assertThat(event("3:1::blabla").data()).isEqualTo("\"blabla\"");
        assertThat(event("3:5:/tobi")).satisfies(empty -> {
            assertThat(empty.channel()).isEqualTo("tobi");
            assertThat(empty.data()).isEqualTo("\"\"");
        });
        assertThat(event("3:::\n").data()).isEqualTo("\"\\n\"");
        assertThat(event("3:::a:b:c").data()).isEqualTo("\"a:b:c\"");
    }

    @Test
    void json_SP14() {
        assertThat(event("4:::\"2\"").data()).isEqualTo("\"2\"");
        assertThat(event("4:1+::{\"a\":\"b\"}")).satisfies(json -> {
            assertThat(json.id()).isEqualTo("1");
            assertThat(json.event()).isEqualTo("json");
            assertThat(json.data()).isEqualTo("{\"a\":\"b\"}");
        });
        assertThat(codec.decode("4:::{")).isInstanceOf(Incoming.Malformed.class);
    }

    @Test
    void event_SP15() {
        assertThat(event("5:::{\"name\":\"woot\"}")).satisfies(woot -> {
            assertThat(woot.event()).isEqualTo("woot");
            assertThat(woot.data()).isEqualTo("[]");
            assertThat(woot.spread()).isTrue();
        });
        assertThat(event("5:1+::{\"name\":\"tobi\"}").id()).isEqualTo("1");
        assertThat(event("5:::{\"name\":\"edwald\",\"args\":[{\"a\":\"b\"},2,\"3\"]}")
                        .data())
                .isEqualTo("[{\"a\":\"b\"},2,\"3\"]");
        assertThat(event("5:::{\"name\":\"one\",\"args\":[[1]]}").spread()).isFalse();
        assertThat(codec.encode(new Outgoing.Event(null, "chat", "woot", "[]", true, null)))
                .isEqualTo("5::/chat:{\"name\":\"woot\"}");
        assertThat(codec.encode(new Outgoing.Event("\"a7\"", "", "woot", "[1,2]", true, null)))
                .isEqualTo("5:7+::{\"name\":\"woot\",\"args\":[1,2]}");
        assertThat(codec.encode(new Outgoing.Event(null, "", "woot", "[1,2]")))
                .isEqualTo("5:::{\"name\":\"woot\",\"args\":[[1,2]]}");
    }

    @Test
    void messages_and_json_go_back_in_kind_GS36() {
        assertThat(codec.encode(new Outgoing.Event(null, "", "message", "\"woot\"")))
                .isEqualTo("3:::woot");
        assertThat(codec.encode(new Outgoing.Event(null, "", "message", "[\"woot\"]", true, null)))
                .isEqualTo("3:::woot");
        assertThat(codec.encode(new Outgoing.Event(null, "", "json", "[{\"a\":1}]", true, null)))
                .isEqualTo("4:::{\"a\":1}");
        assertThat(codec.encode(new Outgoing.Event(null, "chat", "json", "\"2\"")))
                .isEqualTo("4::/chat:\"2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6:::140|140|null",
                "6:::12+[\"woot\",\"wa\"]|12|[\"woot\",\"wa\"]",
                "6::/chat:140+[\"bob\",\"bob2\"]|140|[\"bob\",\"bob2\"]",
                "6:::1+[\"a+b\"]|1|\"a+b\"",
                "6:::1+{|1|null",
                "6:::1+[]|1|null"
            })
    void ack_SP16_GS54(String text, String id, String data) {
        assertThat(codec.decode(text))
                .isEqualTo(new Incoming.Answer(
                        "\"a" + id + '"', data, text.substring(text.indexOf(':', text.indexOf(':', 2) + 1) + 1)));
    }

    @Test
    void an_acknowledgement_is_a_list_of_what_the_handler_returned_GS50() {
        Incoming to = event("5:1+:/chat:{\"name\":\"my callback\",\"args\":[]}");
        assertThat(codec.encode(new Outgoing.Reply(to, "[1,2]", true, NOW, null)))
                .isEqualTo("6::/chat:1+[1,2]");
        assertThat(codec.encode(new Outgoing.Reply(to, "7", NOW))).isEqualTo("6::/chat:1+[7]");
        assertThat(codec.encode(new Outgoing.Reply(to, null, NOW))).isEqualTo("6::/chat:1+[null]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7:::", "7::", "7:::0", "7:::2+0", "7::/woot"})
    void error_SP17(String text) {
        assertThat(read(text).type()).isEqualTo(OldPacket.ERROR);
    }

    @Test
    void noop_SP18() {
        assertThat(read("8::").type()).isEqualTo(OldPacket.NOOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99::", "", "x", "9::", "5:a::{}", "5:+1::{}", "5:9999999999999999::"})
    void what_is_no_packet_is_malformed_SP19(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadPacket.class);
        assertThat(codec.decode(text)).isInstanceOf(Incoming.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5:::",
                "5:::{",
                "5:::[]",
                "5:::{\"name\":7}",
                "5:::{\"name\":\"a\",\"args\":7}",
                "5:::{\"name\":{}}"
            })
    void bad_json_is_malformed_and_no_more_SP19(String text) {
        assertThat(codec.decode(text)).isInstanceOf(Incoming.Malformed.class);
    }

    @Test
    void an_id_alone_asks_for_nothing_of_the_application_SP20() {
        assertThat(event("5:1::{\"name\":\"a\"}").isNamed()).isFalse();
        assertThat(event("5:1+::{\"name\":\"a\"}").isNamed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message",
                "connect",
                "disconnect",
                "open",
                "close",
                "error",
                "retry",
                "reconnect",
                "$foo",
                "",
                "1a"
            })
    void reserved_names_are_not_for_events_SP21_GS25(String name) {
        assertThat(OldCodec.allows(name)).isFalse();
        assertThat(OldCodec.allows("user message")).isTrue();
        assertThat(OldCodec.allows("echo-ack")).isTrue();
    }

    @Test
    void one_packet_is_a_body_and_several_have_their_lengths_in_characters_SP25() {
        assertThat(OldPacket.frame(List.of("3:::5"))).isEqualTo("3:::5");
        assertThat(OldPacket.frame(List.of("3:::aaaa", "3:::b"))).isEqualTo("\ufffd8\ufffd3:::aaaa\ufffd5\ufffd3:::b");
        assertThat(OldPacket.frame(List.of("3:::5", "3:::53d"))).isEqualTo("\ufffd5\ufffd3:::5\ufffd7\ufffd3:::53d");
        assertThat(OldPacket.frame(List.of("3:::\u00e9", "8::"))).isEqualTo("\ufffd5\ufffd3:::\u00e9\ufffd3\ufffd8::");
        assertThat(OldPacket.unframe("\ufffd5\ufffd3:::5\ufffd7\ufffd3:::53d")).containsExactly("3:::5", "3:::53d");
        assertThat(OldPacket.unframe("3:::5")).containsExactly("3:::5");
        assertThat(OldPacket.unframe("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ufffd",
                "\ufffd5",
                "\ufffd5\ufffd3",
                "\ufffdx\ufffd3",
                "\ufffd1\ufffd3x",
                "\ufffd9999999999\ufffd3"
            })
    void a_body_that_is_not_as_its_lengths_say_is_refused_SP25(String body) {
        assertThatThrownBy(() -> OldPacket.unframe(body)).isInstanceOf(BadPacket.class);
    }

    @Test
    void errors_are_events_with_gevents_names_GS40() {
        Incoming to = event("5::/chat:{\"name\":\"nope\"}");
        assertThat(codec.encode(new Outgoing.Failure(to, 4404, "no_such_method", "no")))
                .isEqualTo("5::/chat:{\"name\":\"error\",\"args\":[\"no_such_method\",\"no\"]}");
        Incoming join = new Incoming.Join("null", "none", "{}", "");
        assertThat(codec.encode(new Outgoing.Failure(join, 4404, "no_such_namespace", "no")))
                .isEqualTo("5::/none:{\"name\":\"error\",\"args\":[\"no_such_namespace\",\"no\"]}");
        assertThat(codec.encode(new Outgoing.Failure(join, 4401, "unauthorized", "no")))
                .isEqualTo("7::/none:2");
        Incoming bad = codec.decode("99::this is longer than twenty");
        assertThat(codec.encode(new Outgoing.Failure(bad, 4400, "invalid_packet", "no")))
                .isEqualTo("5:::{\"name\":\"error\",\"args\":[\"invalid_packet\",\"no\"]}");
        assertThat(((Incoming.Malformed) bad).reason()).endsWith(": 99::this is longer t");
    }

    @Test
    void connections_are_echoed_and_ends_are_told_GS22_GS30() {
        Incoming join = new Incoming.Join("null", "chat", "{}", "");
        assertThat(codec.encode(new Outgoing.Reply(join, null, NOW))).isEqualTo("1::/chat");
        assertThat(codec.encode(new Outgoing.Left("chat"))).isEqualTo("0::/chat");
        assertThat(codec.encode(new Outgoing.Verbatim("x"))).isEmpty();
    }

    @Test
    void random_text_is_read_or_refused_and_nothing_else() {
        Random random = new Random(9);
        String letters = "012345678:+/?{}[]\"name,\ufffd\ud83d";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(codec.decode(text.toString())).isNotNull();
            try {
                assertThat(OldPacket.unframe(text.toString())).isNotNull();
            } catch (BadPacket e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
