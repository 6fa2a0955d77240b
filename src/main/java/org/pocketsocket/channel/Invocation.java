package org.pocketsocket.channel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.ChannelHandler.Call;
import org.pocketsocket.message.Json;

/** A bean's method, ready to be called: each parameter knows where its argument comes from. */
final class Invocation {

    private static final Set<Class<?>> OURS = Set.of(Member.class, ChannelRef.class);

    private final MethodHandle method;
    private final Argument[] arguments;

    private interface Argument {
        @Nullable
        Object of(Call call);
    }

    Invocation(Method method, Object bean, Json json) {
        this.arguments = Arrays.stream(method.getParameters())
                .map(parameter -> argument(parameter, json))
                .toArray(Argument[]::new);
        try {
            method.setAccessible(true);
            this.method = MethodHandles.lookup()
                    .unreflect(method)
                    .bindTo(bean)
                    .asSpreader(Object[].class, arguments.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new ChannelMistake(method, "cannot be called: " + e.getMessage());
        }
    }

    @Nullable
    Object call(Call call) {
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].of(call);
        }
        try {
            return method.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new HandlerFailed(e);
        }
    }

    /** A checked exception of the application's. */
    private static final class HandlerFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        HandlerFailed(Throwable cause) {
            super(cause);
        }
    }

    static void check(Method method, boolean payload) {
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            throw new ChannelMistake(method, "must be neither static nor private");
        }
        checkVisible(method);
        checkPayloads(method, payload ? 1 : 0);
    }

    private static void checkPayloads(Method method, int most) {
        long payloads = Arrays.stream(method.getParameterTypes())
                .filter(type -> !OURS.contains(type))
                .count();
        if (payloads > most) {
            throw new ChannelMistake(
                    method,
                    "takes Member, ChannelRef" + (most > 0 ? " and one payload" : "") + ", but its parameters are "
                            + Arrays.toString(method.getParameterTypes()));
        }
    }

    /** JSON-B reaches into no record that is not public: better said now than to the first client. */
    private static void checkVisible(Method method) {
        Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))
                .filter(type -> type.isRecord() && !Modifier.isPublic(type.getModifiers()))
                .forEach(type -> {
                    throw new ChannelMistake(method, "JSON-B needs record " + type.getName() + " to be public");
                });
    }

    /** What a method that overrides this one has in common with it. */
    static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private static Argument argument(Parameter parameter, Json json) {
        if (parameter.getType() == Member.class) {
            return Call::member;
        } else if (parameter.getType() == ChannelRef.class) {
            return Call::channel;
        }
        Type type = parameter.getParameterizedType();
        return call -> payload(json, call.data(), type);
    }

    private static @Nullable Object payload(Json json, String data, Type type) {
        try {
            return json.read(data, type);
        } catch (IllegalArgumentException e) {
            throw new Rejection(4400, "invalid_method_args", "the payload is not what this event takes");
        }
    }
}
