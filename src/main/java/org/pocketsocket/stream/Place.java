package org.pocketsocket.stream;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.Room;
import org.pocketsocket.history.StreamName;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Raw;
import org.pocketsocket.security.AdminPass;

/**
 * A channel of ours or a room of it, as a target of channelstream's API: {@code chat/lobby} is the room {@code lobby} of
 * {@code chat}, {@code chat/} is all of it. The last slash counts.
 */
record Place(ChannelRef channel, Optional<Room> room) {

    private static final int LONGEST_EVENT = 64;

    /** Empty if nobody serves a channel of that name: then it is one of channelstream's. */
    static Optional<Place> find(Hub hub, String name) {
        int slash = name.lastIndexOf('/');
        String channel = slash > 0 ? name.substring(0, slash) : Mailroom.CHANNEL;
        if (channel.equals(Mailroom.CHANNEL) || channel.equals(AdminPass.CHANNEL) || !hub.isServed(channel)) {
            return Optional.empty();
        }
        ChannelRef ref = hub.of(channel);
        String room = name.substring(slash + 1);
        return Optional.of(new Place(ref, room.isEmpty() ? Optional.empty() : Optional.of(ref.room(room))));
    }

    /** Where its history is kept. */
    StreamName stream() {
        return new StreamName(channel.name(), room.map(Room::name).orElse(""));
    }

    /** How many are in it. */
    int count() {
        return room.map(Room::count).orElseGet(channel::count);
    }

    /** As the event that it asks for, with what it says; else as a {@code message} with all that is known of it. */
    void send(Item item, Target to) {
        Optional<String> event = event(item);
        String data = event.isPresent() ? item.member("message") : item.json();
        audiences(to).forEach(audience -> audience.send(event.orElse(item.type()), new Raw(data)));
    }

    private static Optional<String> event(Item item) {
        String json = item.member("event");
        return Optional.of(json)
                .filter(value -> item.isMessage() && value.charAt(0) == '"')
                .map(JsonParts::unquote)
                .filter(name -> !name.isEmpty() && name.length() <= LONGEST_EVENT);
    }

    private List<? extends Audience> audiences(Target to) {
        if (to.only().isEmpty() && to.except().isEmpty()) {
            return List.of(all());
        }
        Collection<Member> members = room.map(Room::members).orElseGet(channel::members);
        if (!to.only().isEmpty()) {
            return of(members, to.chosen());
        }
        List<Member> out = of(members, to.except());
        return List.of(out.isEmpty() ? all() : except(out.toArray(Member[]::new)));
    }

    private static List<Member> of(Collection<Member> members, Collection<String> users) {
        return members.stream()
                .filter(member -> users.contains(member.identity().name()))
                .toList();
    }

    private Audience all() {
        return room.<Audience>map(known -> known).orElse(channel);
    }

    private Audience except(Member... out) {
        return room.map(known -> known.except(out)).orElseGet(() -> channel.except(out));
    }
}
