package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.Room;

/** A channel by its name: looks each time for the one that is at work. */
final class ChannelHandle implements ChannelRef {

    private final String name;
    private final Function<String, LiveChannel> finder;

    ChannelHandle(String name, Function<String, LiveChannel> finder) {
        this.name = name;
        this.finder = finder;
    }

    LiveChannel live() {
        return finder.apply(name);
    }

    private Audible audience(Set<Peer> except) {
        LiveChannel live = live();
        return new Audible(live, live.members.keySet(), except, "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String variable(String variable) {
        String value = live().variables().get(variable);
        if (value == null) {
            throw new IllegalArgumentException("the pattern of channel \"" + name + "\" has no variable " + variable);
        }
        return value;
    }

    @Override
    public Room room(String room) {
        live().voice.requireName(room);
        return new RoomHandle(this, room);
    }

    @Override
    public Audience user(String user) {
        LiveChannel live = live();
        return Audible.some(live, live.devices(user));
    }

    @Override
    public Collection<Member> members() {
        return List.copyOf(live().members.values());
    }

    @Override
    public int count() {
        return live().members.size();
    }

    @Override
    public Audience except(Member... members) {
        return audience(LiveChannel.peers(members));
    }

    @Override
    public void send(String event, @Nullable Object data) {
        audience(Set.of()).send(event, data);
    }

    @Override
    public boolean sendOnce(String key, String event, @Nullable Object data) {
        return audience(Set.of()).sendOnce(key, event, data);
    }

    @Override
    public void sendVolatile(String event, @Nullable Object data) {
        audience(Set.of()).sendVolatile(event, data);
    }

    @Override
    public void sendLatest(String event, String key, @Nullable Object data) {
        audience(Set.of()).sendLatest(event, key, data);
    }

    @Override
    public <T> CompletionStage<Answers<T>> askAll(
            String event, @Nullable Object data, Class<T> type, Duration timeout) {
        return audience(Set.of()).askAll(event, data, type, timeout);
    }

    @Override
    public Future<?> spawn(Runnable job) {
        return live().jobs.spawn(job);
    }

    @Override
    public Future<?> every(Duration period, Runnable job) {
        return live().jobs.every(period, job);
    }

    @Override
    public void killJobs() {
        live().jobs.kill();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChannelHandle handle && handle.name.equals(name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
