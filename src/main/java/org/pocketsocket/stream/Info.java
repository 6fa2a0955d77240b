package org.pocketsocket.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.pocketsocket.message.Raw;

/** What {@code /info} tells, and other answers with it. Made under the {@link Directory}'s lock. */
final class Info {

    private final Directory directory;
    private final Mailroom mailroom;
    private final Outdoors outdoors;
    private final long started;

    Info(Directory directory, Mailroom mailroom, Outdoors outdoors) {
        this.directory = directory;
        this.mailroom = mailroom;
        this.outdoors = outdoors;
        this.started = directory.now();
    }

    /**
     * What is asked for.
     *
     * @param channels empty: all
     */
    record Wish(
            List<String> channels,
            Set<String> except,
            boolean history,
            boolean users,
            boolean connections,
            boolean publicState) {

        static Wish of(Fields fields) {
            return new Wish(
                    fields.texts("channels", Fields.CHANNEL).orElse(List.of()),
                    Set.copyOf(fields.texts("exclude_channels", Fields.CHANNEL).orElse(List.of())),
                    fields.flag("include_history", true),
                    fields.flag("include_users", true),
                    fields.flag("include_connections", false),
                    fields.flag("return_public_state", false));
        }

        /** These channels without history and users. */
        static Wish bare(List<String> channels) {
            return new Wish(channels, Set.of(), false, false, false, true);
        }

        /** The options of this name in a body, or the defaults; about these channels if it names none. */
        static Wish in(Fields body, List<String> channels) {
            Wish wish = of(body.object("info").orElse(new Fields(Map.of())));
            return wish.channels.isEmpty() ? wish.about(channels) : wish;
        }

        Wish about(List<String> others) {
            return new Wish(others, except, history, users, connections, publicState);
        }
    }

    // ---- as the later versions tell it

    /** Channels and their users. */
    Map<String, Object> of(Wish wish) {
        Map<String, Object> channels = new TreeMap<>();
        Set<String> users = new LinkedHashSet<>();
        for (Topic topic : topics(wish)) {
            channels.put(topic.name(), channel(topic, wish));
            if (wish.users) {
                users.addAll(topic.users());
            }
        }
        addOurs(channels, wish);
        return Tree.of("channels", channels, "users", users(directory, users, wish.publicState));
    }

    /** Those of the application's own that were named. */
    private void addOurs(Map<String, Object> channels, Wish wish) {
        wish.channels.stream()
                .filter(name -> directory.topic(name).isEmpty() && !wish.except.contains(name))
                .forEach(name -> outdoors.about(name, wish.history).ifPresent(about -> channels.put(name, about)));
    }

    private Collection<Topic> topics(Wish wish) {
        List<Topic> topics = new ArrayList<>();
        if (wish.channels.isEmpty()) {
            topics.addAll(directory.topics());
        }
        new LinkedHashSet<>(wish.channels).forEach(name -> {
            directory.topic(name).ifPresent(topics::add);
        });
        topics.removeIf(topic -> wish.except.contains(topic.name()));
        return topics;
    }

    private static Map<String, Object> channel(Topic topic, Wish wish) {
        Map<String, Object> channel = about(topic);
        channel.put("history", wish.history ? history(topic) : List.of());
        channel.put("users", wish.users ? sorted(topic.users()) : List.of());
        if (wish.connections) {
            channel.put("connections", topic.all().map(Connection::id).sorted().toList());
        }
        return channel;
    }

    private static Map<String, Object> about(Topic topic) {
        String longName = topic.options().longName();
        Map<String, Object> channel = Tree.of("uuid", topic.uuid(), "name", topic.name());
        channel.put("long_name", longName.isEmpty() ? topic.name() : longName);
        channel.put("settings", topic.options().tree());
        channel.put("last_active", Times.text(topic.lastActive()));
        channel.put("total_connections", topic.connections());
        channel.put("total_users", topic.users().size());
        return channel;
    }

    private static List<Raw> history(Topic topic) {
        return topic.history().items().stream()
                .map(item -> new Raw(item.json()))
                .toList();
    }

    static List<Map<String, Object>> users(Directory directory, Collection<String> names, boolean publicOnly) {
        return sorted(names).stream()
                .flatMap(name -> directory.person(name).stream())
                .map(person ->
                        Tree.of("user", person.name(), "state", publicOnly ? person.publicState() : person.state()))
                .toList();
    }

    /** Changes as channelstream lists them. */
    static List<Map<String, Object>> pairs(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> Tree.of("key", entry.getKey(), "value", new Raw(entry.getValue())))
                .toList();
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    // ---- as the first versions told it

    /** The numbers, and these channels or all. */
    Map<String, Object> ofOld(List<String> names) {
        Wish wish = Wish.of(new Fields(Map.of())).about(names);
        Collection<Topic> topics = topics(wish);
        Map<String, Object> channels = new TreeMap<>();
        Set<String> users = new LinkedHashSet<>();
        topics.forEach(topic -> {
            channels.put(topic.name(), oldChannel(topic));
            users.addAll(topic.users());
        });
        addOurs(channels, wish);
        Map<String, Object> info = numbers();
        info.put("channels", channels);
        info.put("users", users(directory, users, false));
        return info;
    }

    private Map<String, Object> oldChannel(Topic topic) {
        Map<String, Object> channel = about(topic);
        channel.put("history", history(topic));
        Map<String, Object> users = new TreeMap<>();
        topic.users().forEach(user -> users.put(user, oldUser(topic, user)));
        channel.put("users", users);
        return channel;
    }

    private Map<String, Object> oldUser(Topic topic, String user) {
        return Tree.of(
                "status", directory.person(user).map(Person::status).orElse(Person.ONLINE),
                "connections",
                        topic.of(user).stream().map(Connection::id).sorted().toList());
    }

    private Map<String, Object> numbers() {
        long unique = directory.people().stream()
                .filter(person -> !person.connections().isEmpty())
                .count();
        Map<String, Object> numbers = Tree.of("unique_user_count", unique, "unique_users", unique);
        numbers.put("remembered_user_count", directory.people().size());
        numbers.put("total_connections", directory.connections().size());
        numbers.put("total_messages", mailroom.sent());
        numbers.put("total_unique_messages", mailroom.posted());
        numbers.put("uptime", TimeUnit.NANOSECONDS.toSeconds(directory.now() - started));
        return numbers;
    }
}
