package org.pocketsocket.stream;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pocketsocket.message.JsonParts;

/** Tells a channel who comes, goes and changes, where it is configured so. Called under the {@link Directory}'s lock. */
final class Notices {

    private static final String PRESENCE = "presence";

    private final Directory directory;
    private final Mailroom mailroom;

    Notices(Directory directory, Mailroom mailroom) {
        this.directory = directory;
        this.mailroom = mailroom;
    }

    /** @param first none of the user's connections was in it before */
    void joined(Topic topic, Person person, boolean first) {
        topic.active(directory.clocks().time().instant());
        if (first) {
            presence(topic, person, "joined", Tree.json(person.publicState()));
        }
    }

    void parted(Topic topic, Person person) {
        topic.active(directory.clocks().time().instant());
        if (topic.of(person.name()).isEmpty()) {
            presence(topic, person, "parted", "null");
        }
    }

    private void presence(Topic topic, Person person, String action, String state) {
        Options options = topic.options();
        if (options.notifyPresence()) {
            Map<String, String> says = new LinkedHashMap<>();
            says.put("message", Tree.json(Tree.of("action", action)));
            says.put("state", state);
            if (options.presenceWithUsers() && topic.users().size() <= directory.most.listed()) {
                says.put("users", Tree.json(Info.users(directory, topic.users(), true)));
            }
            send(topic, PRESENCE, person, says);
        }
    }

    /** To the channels that want to know, its own user's connections included. */
    void changed(Person person, Map<String, String> changes) {
        Map<String, String> shown = new LinkedHashMap<>(changes);
        shown.keySet().retainAll(person.publicKeys());
        String message = Tree.json(Tree.of("state", person.publicState(), "changed", Info.pairs(shown)));
        Set<Topic> topics = new LinkedHashSet<>();
        person.connections().forEach(connection -> topics.addAll(connection.topics()));
        topics.stream()
                .filter(topic -> topic.options().notifyState())
                .forEach(topic -> send(topic, "user_state_change", person, Map.of("message", message)));
    }

    /** To all in the channel; of presence its own user hears nothing. */
    private void send(Topic topic, String type, Person person, Map<String, String> says) {
        Set<String> except = type.equals(PRESENCE) ? Set.of(person.name()) : Set.of();
        Target to = new Target(Optional.of(topic.name()), List.of(), except, true);
        Item item = Item.of(type, to, directory.clocks().time().instant())
                .with(Map.of("user", JsonParts.quote(person.name())))
                .with(says);
        mailroom.send(item, topic, to);
    }
}
