package org.pocketsocket.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A handler's methods for events, found by name or annotation. */
final class HandlerMethods {

    /** The handler's own: no event, whatever its name, reaches them. */
    private static final Set<String> OWN = Arrays.stream(SocketIoHandler.class.getMethods())
            .map(Method::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final SocketIoHandler handler;
    private final Map<String, Method> named = new HashMap<>();

    HandlerMethods(SocketIoHandler handler) {
        this.handler = handler;
        for (Method method : handler.getClass().getMethods()) {
            OnEvent event = method.getAnnotation(OnEvent.class);
            if (event != null) {
                named.put("@" + event.value(), method);
            } else if (method.getName().startsWith("on") && !OWN.contains(method.getName())) {
                named.put(method.getName(), method);
            }
        }
    }

    /** What a method for this event would be called: {@code on_msg_to_room}. */
    static String mangled(String event) {
        return "on_" + event.replace(' ', '_');
    }

    /** The other way of writing it: {@code onMsgToRoom}. */
    private static String inCapitals(String event) {
        return Arrays.stream(event.split("[ _-]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining("", "on", ""));
    }

    Optional<Method> of(String event) {
        return Optional.ofNullable(named.get("@" + event))
                .or(() -> Optional.ofNullable(named.get(mangled(event))))
                .or(() -> Optional.ofNullable(named.get(inCapitals(event))));
    }

    /**
     * Calls it.
     *
     * @param reply for a last parameter that wants it, or for what the method returns
     */
    void call(Method method, List<Payload> args, @Nullable SocketIoReply reply) {
        Type[] types = method.getGenericParameterTypes();
        @Nullable Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = types[i] == SocketIoReply.class
                    ? given(reply)
                    : i < args.size() ? args.get(i).as(types[i]) : null;
        }
        try {
            method.setAccessible(true); // a public method of a class that is not
            Object result = method.invoke(handler, values);
            if (reply != null && method.getReturnType() != void.class) {
                reply.send(result);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server that asks for no answer gets none. */
    private static SocketIoReply given(@Nullable SocketIoReply reply) {
        return reply == null ? args -> {} : reply;
    }
}
