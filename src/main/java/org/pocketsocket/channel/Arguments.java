package org.pocketsocket.channel;

import jakarta.inject.Named;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Envelope;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Room;
import org.pocketsocket.message.Json;

/** Where a method's arguments come from: each parameter is found by its type, or by the name of a variable. */
final class Arguments {

    private final List<Source> sources = new ArrayList<>();

    private interface Source {
        @Nullable
        Object of(Moment moment);
    }

    Arguments(Method method, Json json) {
        List<Parameter> payloads = Arrays.stream(method.getParameters())
                .filter(Arguments::isPayload)
                .toList();
        Payload payload = new Payload(json, payloads);
        for (Parameter parameter : method.getParameters()) {
            int place = payloads.indexOf(parameter);
            sources.add(place < 0 ? ours(parameter, json) : moment -> payload.value(moment.call(), place));
        }
    }

    @Nullable
    Object[] of(Moment moment) {
        @Nullable Object[] values = new @Nullable Object[sources.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = sources.get(i).of(moment);
        }
        return values;
    }

    /** Neither ours nor a variable. */
    static boolean isPayload(Parameter parameter) {
        return !parameter.isAnnotationPresent(Named.class)
                && Arrays.stream(Kind.values()).noneMatch(kind -> kind.gives(parameter.getType()));
    }

    private static Source ours(Parameter parameter, Json json) {
        Named variable = parameter.getAnnotation(Named.class);
        if (variable != null) {
            return moment -> moment.call().channel().variable(variable.value());
        }
        return parameter.getType() == Envelope.Args.class
                ? moment -> Payload.all(json, moment.call().envelope())
                : ours(parameter.getType());
    }

    private static Source ours(Class<?> type) {
        if (type == Member.class) {
            return moment -> moment.call().member();
        } else if (type == ChannelRef.class) {
            return moment -> moment.call().channel();
        } else if (type == Identity.class) {
            return moment -> moment.call().member().identity();
        } else if (type == Handshake.class) {
            return moment -> moment.call().member().handshake();
        } else if (type == Envelope.class) {
            return moment -> moment.call().envelope();
        }
        return type == Reason.class ? Moment::reason : type == Room.class ? Moment::room : Moment::failure;
    }
}
