package org.pocketsocket.settings;

import java.time.Duration;

/**
 * How members hear of each other.
 *
 * @param list members that are listed; of more only the number is told
 * @param pace how often that number is told
 * @param state characters of what a member says of itself
 */
public record Presence(int list, Duration pace, int state) {

    static Presence read(Reader pocket) {
        return new Presence(
                pocket.number("presence.list", 0, Integer.MAX_VALUE),
                pocket.time("presence.pace"),
                pocket.number("presence.state", 2, Integer.MAX_VALUE));
    }
}
