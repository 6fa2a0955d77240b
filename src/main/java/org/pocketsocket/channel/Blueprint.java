package org.pocketsocket.channel;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.History;
import org.pocketsocket.On;
import org.pocketsocket.OnAny;
import org.pocketsocket.OnError;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.WhenSlow;
import org.pocketsocket.history.Terms;
import org.pocketsocket.hub.ChannelHandler;
import org.pocketsocket.message.Json;

/** What a channel class's annotations say, checked. */
public final class Blueprint {

    private static final int LONGEST_NAME = 255;

    private final Class<?> type;
    private final String name;
    private final Map<String, Method> events = new HashMap<>();
    private final Map<Class<? extends Annotation>, Method> extras = new HashMap<>();

    /** A class that says by {@link Channel} what it serves. */
    public static Blueprint of(Class<?> type) {
        Channel channel = type.getAnnotation(Channel.class);
        if (channel == null) {
            throw new ChannelMistake(type, "has no @Channel");
        }
        return new Blueprint(type, channel.value());
    }

    /** A class that serves channels of this name or pattern. */
    public Blueprint(Class<?> type, String name) {
        this.type = type;
        this.name = name;
        checkName();
        checkHistory();
        methods(type).forEach(this::read);
        if (events.isEmpty() && extras.isEmpty()) {
            throw new ChannelMistake(type, "handles nothing: give it a method with @On, @OnJoin or @OnLeave");
        }
    }

    public String name() {
        return name;
    }

    Class<?> type() {
        return type;
    }

    /** What the methods are bound to. */
    record Bound(Class<?> type, Object bean, Json json) {}

    /** The handler that calls this bean. */
    public ChannelHandler handler(Object bean, Json json) {
        Bound bound = new Bound(type, bean, json);
        Map<String, Handler> handlers = new HashMap<>();
        events.forEach((event, method) -> handlers.put(event, Handler.of(method, bound)));
        return new BeanHandler(
                manner(),
                handlers,
                new BeanHandler.Extras(
                        extra(OnJoin.class, bound),
                        extra(OnLeave.class, bound),
                        extra(OnAny.class, bound),
                        extra(OnError.class, bound),
                        extra(History.Snapshot.class, bound)));
    }

    private @Nullable Handler extra(Class<? extends Annotation> annotation, Bound bound) {
        Method method = extras.get(annotation);
        return method == null ? null : Handler.of(method, bound);
    }

    private BeanHandler.Manner manner() {
        Channel channel = type.getAnnotation(Channel.class);
        if (channel == null) {
            return new BeanHandler.Manner(WhenSlow.CLOSE, null, history(), false);
        }
        Set<String> access = Set.of(channel.access());
        return new BeanHandler.Manner(
                channel.whenSlow(), access.contains("*") ? null : access, history(), channel.presence());
    }

    private @Nullable Terms history() {
        History history = type.getAnnotation(History.class);
        return history == null ? null : new Terms(history.size(), Duration.ofSeconds(history.ttl()));
    }

    private void checkHistory() {
        History history = type.getAnnotation(History.class);
        if (history != null && (history.size() < 0 || history.ttl() < 0)) {
            throw new ChannelMistake(type, "has @History with less than nothing");
        }
    }

    private void checkName() {
        if (name.length() > LONGEST_NAME || name.indexOf('.') >= 0) {
            throw new ChannelMistake(type, "has the name \"" + name + "\": at most 255 characters and no dot, please");
        } else if (name.equals("socket")) {
            throw new ChannelMistake(type, "has the name \"socket\", which is the server's own");
        }
    }

    private void read(Method method) {
        On on = method.getAnnotation(On.class);
        if (on != null) {
            check(method, Kind.EVENT);
            addEvents(on.value(), method);
        }
        extra(method, OnJoin.class, Kind.JOIN);
        extra(method, OnLeave.class, Kind.LEAVE);
        extra(method, OnAny.class, Kind.EVENT);
        extra(method, OnError.class, Kind.ERROR);
        extra(method, History.Snapshot.class, Kind.SNAPSHOT);
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

    private void extra(Method method, Class<? extends Annotation> annotation, Kind kind) {
        if (!method.isAnnotationPresent(annotation)) {
            return;
        }
        check(method, kind);
        Method other = extras.putIfAbsent(annotation, method);
        if (other != null) {
            throw new ChannelMistake(
                    method, "has @" + annotation.getSimpleName() + ", as method " + other.getName() + " has");
        }
    }

    private void check(Method method, Kind kind) {
        new Check(method, kind, name).pass();
        new Guard(method, type); // a mistake in its annotations shows here
    }

    /** Its own and inherited methods; an overridden one counts once. */
    private static Set<Method> methods(Class<?> type) {
        Set<Method> all = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                String signature = method.getName() + java.util.Arrays.toString(method.getParameterTypes());
                if (!method.isBridge() && seen.add(signature)) {
                    all.add(method);
                }
            }
        }
        return all;
    }
}
