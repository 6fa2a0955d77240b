package org.pocketsocket.hub;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience;
import org.pocketsocket.Member;
import org.pocketsocket.Room;

/** A room by its name: looks each time for the one that has members. */
record RoomHandle(ChannelHandle channel, String name) implements Room {

    /** For rooms that nobody is in: nothing runs for them. */
    private static final Jobs NONE = Jobs.none();

    private Audible audience(Set<Peer> except) {
        LiveChannel live = channel.live();
        return new Audible(live, live.crowd(name), except, name);
    }

    private @Nullable LiveRoom live() {
        return channel.live().rooms.get(name);
    }

    private Jobs jobs() {
        LiveRoom room = live();
        return room == null ? NONE : room.jobs;
    }

    @Override
    public Collection<Member> members() {
        LiveRoom room = live();
        return room == null ? List.of() : List.copyOf(room.members.values());
    }

    @Override
    public int count() {
        LiveRoom room = live();
        return room == null ? 0 : room.members.size();
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
        return jobs().spawn(job);
    }

    @Override
    public Future<?> every(Duration period, Runnable job) {
        return jobs().every(period, job);
    }

    @Override
    public void killJobs() {
        jobs().kill();
    }

    @Override
    public String toString() {
        return channel.name() + '/' + name;
    }
}
