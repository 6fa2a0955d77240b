package org.pocketsocket.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pocket dialect, seeds PS-10 to PS-16, and the bad input that a server meets. */
class PocketCodecTest {

    private static final Instant AT = Instant.parse("2013-05-07T12:00:00.123456Z");

    private final PocketCodec codec = new PocketCodec(new WireLimits(8, 20, 4));

    @Test
    void reads_the_seeds_envelopes() { // PS-14
        String milk = "{\"id\":\"0.12l6\",\"message\":\"socket.message\",\"data\":\"milk\"}";
        assertThat(codec.decode(milk))
                .isEqualTo(new Incoming.Envelope("\"0.12l6\"", "socket", "message", "\"milk\"", milk));
        String plain = "{\"id\":7,\"message\":\"Hello\",\"data\":{}}";
        assertThat(codec.decode(plain)).isEqualTo(new Incoming.Envelope("7", "Hello", "", "{}", plain));
    }

    @Test
    void splits_at_the_first_dot_only() {
        assertThat(envelope("{\"message\":\"a.b.c\"}"))
                .extracting("channel", "event")
                .containsExactly("a", "b.c");
        assertThat(envelope("{\"message\":\".b\"}"))
                .extracting("channel", "event")
                .containsExactly("", "b");
        assertThat(envelope("{\"message\":\"a.\"}"))
                .extracting("channel", "event")
                .containsExactly("a", "");
        assertThat(envelope("{\"message\":\"\\u0061\\u002Eb\"}"))
                .extracting("channel", "event")
                .containsExactly("a", "b");
    }

    @Test
    void leaves_id_and_data_out_where_there_are_none() {
        assertThat(envelope("{\"message\":\"a.b\"}")).extracting("id", "data").containsExactly("null", "{}");
        assertThat(envelope("{\"message\":\"a.b\",\"id\":null}").isNamed()).isFalse();
        assertThat(envelope("{\"message\":\"a.b\",\"id\":0}").isNamed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "-1.5e3", "\"text\"", "[ 1, {} ]", "{\"a\" : [[1]]}", "\"\\ud800\""})
    void keeps_data_of_any_type_as_it_stands(String data) {
        assertThat(envelope("{\"message\":\"a.b\", \"data\" : " + data + " , \"other\": {\"id\":[]}}")
                        .data())
                .isEqualTo(data);
    }

    @Test
    void believes_the_last_of_two_equal_keys_as_browsers_do() {
        assertThat(envelope("{\"message\":\"a.b\",\"message\":\"c.d\"}").channel())
                .isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hi",
                "",
                "{",
                "{\"message\":\"chat.say\"",
                "{'message':1}",
                "[]",
                "[{\"message\":\"a.b\"}]",
                "5",
                "null",
                "\"{}\"",
                "\u0000",
                "{\"message\":\"a.b\"} {}",
                "[[[[[[[[1]]]]]]]]"
            })
    void takes_text_that_is_no_json_object_for_a_plain_one_of_its_length(String text) { // PS-11, PS-12
        assertThat(codec.decode(text)).isEqualTo(new Incoming.Plain("" + text.length(), false, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                               | null
            {"id":"x"}                       | "x"
            {"id":-3,"data":{"message":"a"}} | -3
            {"Message":"a.b","id":null}      | null
            """)
    void takes_an_object_without_message_for_a_plain_one(String text, String id) { // PS-11
        assertThat(codec.decode(text)).isEqualTo(new Incoming.Plain(id, true, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"message":5,"id":1}                                   | 1    | "message" must be a string
            {"message":null}                                       | null | "message" must be a string
            {"message":["a.b"],"id":"x"}                           | "x"  | "message" must be a string
            {"message":""}                                         | null | "message" must have 1 to 20 characters
            {"message":"123456789012345678901"}                    | null | "message" must have 1 to 20 characters
            {"message":"a.b","id":true}                            | null | "id" must be a string or a number of at most 8 characters
            {"message":"a.b","id":{}}                              | null | "id" must be a string or a number of at most 8 characters
            {"message":"a.b","id":[1]}                             | null | "id" must be a string or a number of at most 8 characters
            {"message":"a.b","id":"123456789"}                     | null | "id" must be a string or a number of at most 8 characters
            {"message":"a.b","id":123456789}                       | null | "id" must be a string or a number of at most 8 characters
            {"id":1,"message":"a.b","data":[[[[[1]]]]]}            | 1    | JSON is nested more than 4 deep
            {"id":1,"message":"socket.join"}                       | 1    | "data" must name a channel: {"channel":"chat"}
            {"id":1,"message":"socket.join","data":"chat"}         | 1    | "data" must name a channel: {"channel":"chat"}
            {"id":1,"message":"socket.leave","data":{}}            | 1    | "data" must name a channel: {"channel":"chat"}
            {"id":1,"message":"socket.leave","data":{"channel":5}} | 1    | "data" must name a channel: {"channel":"chat"}
            """)
    void says_what_is_wrong_with_an_envelope_that_cannot_be_read(String text, String id, String reason) {
        assertThat(codec.decode(text)).isEqualTo(new Incoming.Malformed(id, reason, text));
    }

    @Test
    void takes_names_ids_and_nesting_up_to_their_limits() {
        assertThat(envelope("{\"id\":\"12345678\",\"message\":\"12345678901234567.90\"}")
                        .event())
                .isEqualTo("90");
        assertThat(envelope("{\"id\":12345678,\"message\":\"a.b\"}").id()).isEqualTo("12345678");
        assertThat(envelope("{\"message\":\"a.b\",\"data\":[[[[1]]]]}").data()).isEqualTo("[[[[1]]]]");
        String escaped = "{\"message\":\"" + "\\u0061".repeat(20) + "\"}";
        assertThat(envelope(escaped).channel()).hasSize(20);
    }

    @Test
    void refuses_a_name_of_ten_thousand_characters_and_nesting_of_ten_thousand_levels() {
        PocketCodec usual = new PocketCodec(WireLimits.DEFAULT);
        assertThat(usual.decode("{\"message\":\"" + "a".repeat(10_000) + "\"}")).isInstanceOf(Incoming.Malformed.class);
        assertThat(usual.decode("{\"message\":\"a.b\",\"data\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .isInstanceOf(Incoming.Malformed.class);
        assertThat(usual.decode("{\"message\":\"a.b\",\"data\":" + "[".repeat(64) + "]".repeat(64) + "}"))
                .isInstanceOf(Incoming.Envelope.class);
    }

    @Test
    void reads_who_joins_and_leaves() {
        String join =
                "{\"id\":1,\"message\":\"socket.join\",\"data\":{\"as\":\"ada\",\"channel\":\"ch\\u0061t\",\"x\":{}}}";
        assertThat(codec.decode(join))
                .isEqualTo(
                        new Incoming.Join("1", "chat", "{\"as\":\"ada\",\"channel\":\"ch\\u0061t\",\"x\":{}}", join));
        String leave = "{\"message\":\"socket.leave\",\"data\":{\"channel\":\"chat\"}}";
        assertThat(codec.decode(leave)).isEqualTo(new Incoming.Leave("null", "chat", leave));
        assertThat(codec.decode("{\"message\":\"sockets.join\"}")).isInstanceOf(Incoming.Envelope.class);
    }

    @Test
    void reads_answers_and_refusals_of_the_servers_questions() { // GS-52
        String answer = "{\"id\":\"a1\",\"message\":\"socket.answer\",\"data\":[36]}";
        assertThat(codec.decode(answer)).isEqualTo(new Incoming.Answer("\"a1\"", "[36]", answer));
        String refusal = "{\"id\":\"a1\",\"message\":\"socket.refuse\",\"data\":{\"reason\":\"busy\"}}";
        assertThat(codec.decode(refusal)).isEqualTo(new Incoming.Refusal("\"a1\"", "busy", refusal));
        String silent = "{\"id\":\"a1\",\"message\":\"socket.refuse\"}";
        assertThat(codec.decode(silent)).isEqualTo(new Incoming.Refusal("\"a1\"", "no", silent));
    }

    @Test
    void writes_a_question_with_its_id_first() { // GS-35
        assertThat(codec.encode(new Outgoing.Event("\"a1\"", "chat", "question", "1")))
                .isEqualTo("{\"id\":\"a1\",\"message\":\"chat.question\",\"data\":1}");
    }

    @Test
    void never_fails_whatever_comes_and_keeps_the_text() {
        long seed = Long.getLong("pocket.seed", System.nanoTime());
        for (int round = 0; round < 5_000; round++, seed++) {
            Random random = new Random(seed);
            String envelope = "{\"id\":" + RandomJson.value(random) + ",\"message\":" + RandomJson.value(random)
                    + ",\"data\":" + RandomJson.value(random) + "}";
            String text = random.nextBoolean() ? envelope : RandomJson.mutated(envelope, random);
            Incoming read = codec.decode(text);
            assertThat(read.text()).as("-Dpocket.seed=%d: %s", seed, text).isEqualTo(text);
            String answer = codec.encode(new Outgoing.Reply(read, null, AT));
            int verdict = new JsonObjectScanner(answer, 64, (name, value) -> {}).scan();
            assertThat(verdict).as("-Dpocket.seed=%d: %s", seed, answer).isZero();
        }
    }

    @Test
    void passes_a_relayed_text_on_letter_by_letter() { // PS-10
        assertThat(codec.encode(new Outgoing.Verbatim("{ \"odd\" : tru"))).isEqualTo("{ \"odd\" : tru");
    }

    @Test
    void writes_names_and_reasons_so_that_they_stay_strings() {
        assertThat(codec.encode(new Outgoing.Event(null, "a\"b", "c\\d\n\ud800", "1")))
                .isEqualTo("{\"message\":\"a\\\"b.c\\\\d\\n\\ud800\",\"data\":1}");
        assertThat(codec.encode(Outgoing.Failure.of(4404, "a\"", "b\"")))
                .isEqualTo(
                        "{\"socket\":\"error\",\"messageId\":null,\"code\":4404,\"error\":\"a\\\"\",\"reason\":\"b\\\"\"}");
        assertThat(codec.encode(new Outgoing.Announcement("::1", 5, true)))
                .isEqualTo("{\"address\":\"::1\",\"port\":5,\"socket\":\"connected\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "2013-05-07T12:00:00.123456Z, 2013-05-07 12:00:00.123456",
        "2013-05-07T12:00:00.123456789Z, 2013-05-07 12:00:00.123456",
        "2013-05-07T12:00:00Z, 2013-05-07 12:00:00.000000",
        "2013-05-07T12:00:00.000007Z, 2013-05-07 12:00:00.000007",
        "1970-01-01T00:00:00.5Z, 1970-01-01 00:00:00.500000",
        "1969-12-31T23:59:59.999Z, 1969-12-31 23:59:59.999000"
    })
    void stamps_receipts_in_utc_with_six_digits(Instant at, String time) { // PS-11
        Incoming to = new Incoming.Envelope("1", "a", "b", "{}", "");
        assertThat(codec.encode(new Outgoing.Reply(to, null, at))).contains("\"time\":\"" + time + "\"}");
    }

    static Stream<Instant> moments() {
        return Stream.of(AT, AT.plusMillis(1), AT.plusSeconds(1), AT);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void remembers_no_wrong_time(Instant at) {
        Incoming to = new Incoming.Plain("2", false, "hi");
        codec.encode(new Outgoing.Reply(to, null, AT));
        assertThat(codec.encode(new Outgoing.Reply(to, null, at)))
                .contains(at.toString().replace('T', ' ').substring(0, 23));
    }

    @Test
    void a_token_is_read_and_shows_in_no_text() {
        Incoming read = codec.decode("{\"id\":7,\"message\":\"socket.token\",\"data\":{\"token\":\"a.b.c\"}}");
        assertThat(read).isEqualTo(new Incoming.Token("7", "a.b.c", "{\"message\":\"socket.token\"}"));
        assertThat(read.toString()).doesNotContain("a.b.c");
        for (String data : new String[] {"{\"token\":7}", "{}", "\"a.b.c\"", "[\"a.b.c\"]"}) {
            Incoming bad = codec.decode("{\"message\":\"socket.token\",\"data\":" + data + "}");
            assertThat(bad).isInstanceOf(Incoming.Malformed.class);
            assertThat(bad.text()).doesNotContain("a.b.c");
        }
        assertThat(codec.encode(new Outgoing.Expiring(25))).isEqualTo("{\"socket\":\"token\",\"seconds\":25}");
    }

    private Incoming.Envelope envelope(String text) {
        Incoming read = codec.decode(text);
        assertThat(read).isInstanceOf(Incoming.Envelope.class);
        return (Incoming.Envelope) read;
    }

    @Test
    void an_error_names_the_message_it_answers_if_that_has_a_name() {
        assertThat(answerTo(new Incoming.Plain("7", true, "{}"))).isEqualTo("7");
        assertThat(answerTo(new Incoming.Plain("5", false, "hello"))).isEqualTo("null");
        assertThat(answerTo(new Incoming.Malformed("8", "odd", ""))).isEqualTo("8");
    }

    private static String answerTo(Incoming message) {
        return new Outgoing.Failure(message, 4400, "invalid_packet", "odd").id();
    }
}
