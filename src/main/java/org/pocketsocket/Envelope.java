package org.pocketsocket;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came, for handlers that want all of it.
 *
 * @param id the sender's name for it, as JSON; {@code null} (the JSON word) without one
 * @param data the payload, as JSON; binary data in it is {@code {"base64":"…"}}
 * @param spread {@code data} is an array of several values, or of none, that a Socket.IO client sent as such
 */
public record Envelope(String id, String channel, String event, String data, boolean spread) {

    /**
     * Several values in one event or acknowledgement. For Socket.IO clients they are arguments, one by one; in other
     * dialects an array. A parameter of this type gets all that came, each as a {@code jakarta.json.JsonValue}.
     */
    public record Args(List<@Nullable Object> values) {

        public Args {
            values = Collections.unmodifiableList(new java.util.ArrayList<>(values));
        }

        public static Args of(@Nullable Object... values) {
            return new Args(Arrays.asList(values));
        }
    }
}
