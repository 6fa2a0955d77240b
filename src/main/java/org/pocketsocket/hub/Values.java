package org.pocketsocket.hub;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Envelope;
import org.pocketsocket.message.Json;

/** What applications send, as JSON: one value, or several as an array. */
final class Values {

    private Values() {}

    static String write(Json json, @Nullable Object value) {
        return value instanceof Envelope.Args args
                ? args.values().stream().map(json::write).collect(Collectors.joining(",", "[", "]"))
                : json.write(value);
    }
}
