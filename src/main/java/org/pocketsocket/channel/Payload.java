package org.pocketsocket.channel;

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @Nullable
    Object value(Call call, int place) {
        String data = call.envelope().data();
        try {
            if (types.size() == 1) {
                return json.read(data, types.get(0));
            }
            List<String> values = json.values(data);
            return json.read(place < values.size() ? values.get(place) : "null", types.get(place));
        } catch (IllegalArgumentException e) {
            throw new Rejection(4400, "invalid_method_args", "the payload is not what this event takes");
        }
    }
}
