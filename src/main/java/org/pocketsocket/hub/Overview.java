package org.pocketsocket.hub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pocketsocket.message.Outgoing;

/** A hub as its administrator sees it. Thread-safe. */
public final class Overview {

    private final Hub hub;
    private final ChannelMap channels;

    Overview(Hub hub, ChannelMap channels) {
        this.hub = hub;
        this.channels = channels;
    }

    public Survey survey() {
        return Survey.of(hub.peers(), channels.live(), hub.users());
    }

    /** Whether the threads that deliver do so. */
    public boolean isAlive() {
        return hub.isAlive();
    }

    /** Whether it takes new peers. */
    public boolean isReady() {
        return hub.isAlive() && !hub.isClosed();
    }

    /** The channels at work. */
    public List<Survey.Channel> channels() {
        return channels.live().stream().map(Survey::of).toList();
    }

    /** The rooms of a channel; none when it is not at work. */
    public List<Survey.Room> rooms(String channel) {
        return channels.live().stream()
                .filter(live -> live.name().equals(channel))
                .flatMap(live -> live.rooms.entrySet().stream())
                .map(room ->
                        new Survey.Room(room.getKey(), room.getValue().members.size()))
                .toList();
    }

    /**
     * Who is in a channel or a room of it, as its members are told where {@code presence} is on: {@code {"count", "members":
     * [{"id", "user", "state"}]}}, of too many only the number.
     *
     * @param room empty for the channel itself
     */
    public String presence(String channel, String room) {
        return channels.live().stream()
                .filter(live -> live.name().equals(channel))
                .flatMap(live -> Stream.ofNullable(live.attendanceIn(room)))
                .map(Attendance::list)
                .findAny()
                .orElse(Attendance.NOBODY);
    }

    public List<Survey.Connection> connections() {
        return hub.peers().stream().map(Survey::of).toList();
    }

    /** How many connections each user has who has a name. */
    public Map<String, Long> users() {
        return connections().stream()
                .filter(each -> !each.user().isEmpty())
                .collect(Collectors.groupingBy(Survey.Connection::user, Collectors.counting()));
    }

    /** Ends one connection, named by its id, with 4001. False: there is none. */
    public boolean disconnect(String id, String reason) {
        Optional<Peer> found =
                hub.peers().stream().filter(peer -> peer.id.equals(id)).findAny();
        found.ifPresent(peer -> peer.close(Goodbye.kicked(reason)));
        return found.isPresent();
    }

    /**
     * Lets somebody see what a channel sends, from now on. Called on the sender's thread: it has to be quick.
     *
     * @return ends it; empty when the channel is not at work
     */
    public Optional<Runnable> tail(String channel, Consumer<Outgoing.Event> seen) {
        return channels.live().stream()
                .filter(live -> live.name().equals(channel))
                .findAny()
                .map(live -> live.voice.tail(seen));
    }
}
