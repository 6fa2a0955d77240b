package org.pocketsocket.hub;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which channels there are: exact names at once, those of a pattern while somebody is in them. */
final class ChannelMap {

    private final Map<String, LiveChannel> live = new ConcurrentHashMap<>();
    private final Map<String, ChannelHandler> exact = new ConcurrentHashMap<>();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final List<Route> order = new CopyOnWriteArrayList<>();
    private final Function<Route.Match, LiveChannel> maker;

    ChannelMap(Function<Route.Match, LiveChannel> maker) {
        this.maker = maker;
    }

    synchronized void register(String name, ChannelHandler handler) {
        if (exact.containsKey(name) || routes.containsKey(name)) {
            throw new IllegalArgumentException("channel \"" + name + "\" is served already");
        } else if (Route.isPattern(name)) {
            routes.put(name, new Route(name, handler));
            order();
        } else {
            exact.put(name, handler);
        }
    }

    synchronized void remove(String name) {
        ChannelHandler handler = exact.remove(name);
        Route route = routes.remove(name);
        order();
        live.values().stream()
                .filter(channel ->
                        channel.handler() == handler || (route != null && channel.handler() == route.handler()))
                .forEach(channel -> {
                    channel.end();
                    live.remove(channel.name(), channel);
                });
    }

    private void order() {
        order.clear();
        order.addAll(routes.values().stream()
                .sorted(Comparator.comparingInt(Route::literal).reversed())
                .toList());
    }

    private Route.@Nullable Match match(String name) {
        ChannelHandler handler = exact.get(name);
        if (handler != null) {
            return new Route.Match(name, handler, Map.of(), name, true);
        }
        for (Route route : order) {
            Route.Match match = route.match(name);
            if (match != null) {
                return match;
            }
        }
        return null;
    }

    boolean isServed(String name) {
        return live.containsKey(name) || match(name) != null;
    }

    /** The channel at work, or one without members. */
    LiveChannel find(String name) {
        LiveChannel channel = live.get(name);
        if (channel != null) {
            return channel;
        }
        Route.Match match = match(name);
        if (match == null) {
            throw new IllegalArgumentException("no bean serves a channel \"" + name + "\"");
        }
        return match.exact() ? live.computeIfAbsent(name, n -> maker.apply(match)) : nobodyIn(match);
    }

    private LiveChannel nobodyIn(Route.Match match) {
        LiveChannel empty = maker.apply(match);
        empty.jobs.end(); // nobody would ever stop them
        return empty;
    }

    /** The channel, kept for one who comes in, until {@link #release}; null when nobody serves it. */
    @Nullable
    LiveChannel acquire(String name) {
        Route.Match match = live.containsKey(name) ? null : match(name);
        return live.compute(name, (n, known) -> {
            LiveChannel channel = known != null || match == null ? known : maker.apply(match);
            if (channel != null) {
                channel.users++;
            }
            return channel;
        });
    }

    void release(LiveChannel channel) {
        live.computeIfPresent(channel.name(), (name, known) -> {
            if (known != channel) {
                return known; // it was removed, and another has taken the name
            }
            known.users--;
            return known.users > 0 || keeps(known) ? known : null;
        });
    }

    /** What ran for those who were in ends with them; a channel with a name of its own stays. */
    private boolean keeps(LiveChannel empty) {
        boolean stays = exact.containsKey(empty.name());
        if (stays) {
            empty.jobs.kill();
        } else {
            empty.jobs.end();
        }
        return stays;
    }

    void end() {
        live.values().forEach(LiveChannel::end);
    }

    Collection<LiveChannel> live() {
        return Collections.unmodifiableCollection(live.values());
    }

    Set<String> roles() {
        return Stream.concat(exact.values().stream(), routes.values().stream().map(Route::handler))
                .flatMap(handler -> handler.roles().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
