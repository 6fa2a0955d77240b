package org.pocketsocket.channel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Json;

/** A bean's method, ready to be called. */
final class Invocation {

    private final MethodHandle method;
    private final Arguments arguments;

    Invocation(Method method, Object bean, Json json) {
        this.arguments = new Arguments(method, json);
        try {
            method.setAccessible(true);
            this.method = MethodHandles.lookup()
                    .unreflect(method)
                    .bindTo(bean)
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new ChannelMistake(method, "cannot be called: " + e.getMessage());
        }
    }

    @Nullable
    Object call(Moment moment) {
        @Nullable Object[] values = arguments.of(moment);
        try {
            return method.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new HandlerFailed(e);
        }
    }
}
