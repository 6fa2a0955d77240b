package org.pocketsocket.client.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final byte[] STREAM = """
            : a comment
            id: s.0
            event: session
            data: {"session":"s"}

            id: s.1
            data: häl
            data:lo ☃

            data:  two spaces
            retry: 5
            nonsense

            event: nothing came of it

            data

            """.getBytes(UTF_8);

    private static final List<String> EVENTS =
            List.of("session|s.0|{\"session\":\"s\"}", "|s.1|häl\nlo ☃", "|s.1| two spaces", "|s.1|");

    private final List<String> events = new ArrayList<>();
    private final EventStream stream =
            new EventStream(100, (name, id, data) -> events.add(name + "|" + id + "|" + data));

    private static byte[] with(String ending) {
        return new String(STREAM, UTF_8).replace("\n", ending).getBytes(UTF_8);
    }

    @Test
    void events_are_read_whole() {
        stream.receive(STREAM, 0, STREAM.length);
        assertThat(events).isEqualTo(EVENTS);
    }

    @Test
    void byte_by_byte_and_with_every_end_of_a_line() {
        for (String ending : List.of("\n", "\r", "\r\n")) {
            events.clear();
            byte[] bytes = with(ending);
            for (int i = 0; i < bytes.length; i++) {
                stream.receive(bytes, i, 1);
            }
            assertThat(events)
                    .as(ending.replace("\r", "CR ").replace("\n", "LF"))
                    .isEqualTo(EVENTS);
            stream.receive("\nid:\n".getBytes(UTF_8), 0, 5);
        }
    }

    @Test
    void cut_anywhere() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            events.clear();
            for (int at = 0; at < STREAM.length; ) {
                int length = Math.min(random.nextInt(20), STREAM.length - at);
                stream.receive(STREAM, at, length);
                at += length;
            }
            assertThat(events).isEqualTo(EVENTS);
        }
    }

    @Test
    void what_is_too_large_is_not_kept() {
        byte[] line = ("data: " + "x".repeat(95)).getBytes(UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream.receive(line, 0, line.length))
                .withMessage("an event is larger than 100 bytes");
    }

    @Test
    void neither_are_too_many_lines() {
        byte[] line = "data: 0123456789\n".repeat(10).getBytes(UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> stream.receive(line, 0, line.length));
    }
}
