package org.pocketsocket.stream;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a message is for.
 *
 * @param only these users; empty for all
 * @param except these do not get it, whatever else is said
 * @param noHistory it is not for the channel's history
 */
record Target(Optional<String> channel, List<String> only, Set<String> except, boolean noHistory) {

    static Target of(Fields fields) {
        return new Target(
                fields.text("channel", Fields.CHANNEL),
                fields.texts("pm_users", Fields.USER).orElse(List.of()),
                fields.texts("exclude_users", Fields.USER)
                        .<Set<String>>map(Set::copyOf)
                        .orElse(Set.of()),
                fields.flag("no_history", false));
    }

    static Target of(Topic topic) {
        return new Target(Optional.of(topic.name()), List.of(), Set.of(), true);
    }

    /** Whether it is for anybody at all. */
    boolean exists() {
        return channel.isPresent() || !only.isEmpty();
    }

    /** Those of {@link #only} who are not excepted. */
    List<String> chosen() {
        return except.isEmpty()
                ? only
                : only.stream().filter(user -> !except.contains(user)).toList();
    }
}
