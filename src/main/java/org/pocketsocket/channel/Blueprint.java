package org.pocketsocket.channel;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.hub.ChannelHandler;
import org.pocketsocket.message.Json;

/** What a channel bean's annotations say, checked. */
final class Blueprint {

    private static final int LONGEST_NAME = 255;

    private final Class<?> type;
    private final Bean<?> bean;
    private final String name;
    private final Map<String, Method> events = new HashMap<>();
    private @Nullable Method join;
    private @Nullable Method leave;

    Blueprint(Class<?> type, Bean<?> bean) {
        this.type = type;
        this.bean = bean;
        this.name = type.getAnnotation(Channel.class).value();
        checkName();
        methods(type).forEach(this::read);
        if (events.isEmpty() && join == null && leave == null) {
            throw new ChannelMistake(type, "handles nothing: give it a method with @On, @OnJoin or @OnLeave");
        }
    }

    String name() {
        return name;
    }

    Class<?> type() {
        return type;
    }

    ChannelHandler handler(BeanManager beans, Json json) {
        Object instance = beans.getReference(bean, type, beans.createCreationalContext(bean));
        Map<String, Invocation> calls = new HashMap<>();
        events.forEach((event, method) -> calls.put(event, new Invocation(method, instance, json)));
        return new BeanHandler(
                type.getAnnotation(Channel.class).whenSlow(),
                calls,
                join == null ? null : new Invocation(join, instance, json),
                leave == null ? null : new Invocation(leave, instance, json));
    }

    private void checkName() {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('.') >= 0) {
            throw new ChannelMistake(type, "has the name \"" + name + "\": 1 to 255 characters and no dot, please");
        } else if (name.equals("socket")) {
            throw new ChannelMistake(type, "has the name \"socket\", which is the server's own");
        }
    }

    private void read(Method method) {
        On on = method.getAnnotation(On.class);
        if (on != null) {
            addEvents(on.value(), check(method, true));
        }
        if (method.isAnnotationPresent(OnJoin.class)) {
            join = only(join, OnJoin.class, check(method, true));
        }
        if (method.isAnnotationPresent(OnLeave.class)) {
            leave = only(leave, OnLeave.class, check(method, false));
        }
    }

    private void addEvents(String[] names, Method method) {
        if (names.length == 0) {
            throw new ChannelMistake(method, "has @On without an event's name");
        }
        for (String event : names) {
            addEvent(event, method);
        }
    }

    private void addEvent(String event, Method method) {
        if (event.isEmpty() || event.length() > LONGEST_NAME) {
            throw new ChannelMistake(method, "an event's name has 1 to 255 characters, not \"" + event + "\"");
        }
        Method other = events.putIfAbsent(event, method);
        if (other != null) {
            throw new ChannelMistake(method, "handles event \"" + event + "\", as method " + other.getName() + " does");
        }
    }

    private static Method only(@Nullable Method other, Class<? extends Annotation> annotation, Method method) {
        if (other != null) {
            throw new ChannelMistake(
                    method, "has @" + annotation.getSimpleName() + ", as method " + other.getName() + " has");
        }
        return method;
    }

    private static Method check(Method method, boolean payload) {
        Invocation.check(method, payload);
        return method;
    }

    /** Its own and inherited methods; an overridden one counts once. */
    private static Set<Method> methods(Class<?> type) {
        Set<Method> all = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (!method.isBridge() && seen.add(Invocation.signature(method))) {
                    all.add(method);
                }
            }
        }
        return all;
    }
}
