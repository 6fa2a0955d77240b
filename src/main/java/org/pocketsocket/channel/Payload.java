package org.pocketsocket.channel;

import jakarta.json.JsonValue;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Envelope;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.ChannelHandler.Call;
import org.pocketsocket.message.Json;

/** What a message brings, bound to a method's parameters: to one as it is; to several, an array's values one by one. */
final class Payload {

    private final Json json;
    private final List<Type> types;

    Payload(Json json, List<Parameter> parameters) {
        this.json = json;
        this.types = parameters.stream().map(Parameter::getParameterizedType).toList();
    }

    /** All that it brings, as it is. */
    static Envelope.Args all(Json json, Envelope envelope) {
        List<String> values = envelope.spread() ? json.values(envelope.data()) : List.of(envelope.data());
        return new Envelope.Args(values.stream()
                .<@Nullable Object>map(value -> json.read(value, JsonValue.class))
                .toList());
    }

    @Nullable
    Object value(Call call, int place) {
        try {
            if (types.size() == 1 && !call.envelope().spread()) {
                return json.read(call.envelope().data(), types.get(0));
            }
            List<String> values = json.values(call.envelope().data());
            return json.read(place < values.size() ? values.get(place) : "null", types.get(place));
        } catch (IllegalArgumentException e) {
            throw new Rejection(4400, "invalid_method_args", "the payload is not what this event takes");
        }
    }
}
