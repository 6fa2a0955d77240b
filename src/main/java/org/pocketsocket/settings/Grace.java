package org.pocketsocket.settings;

import java.time.Duration;

/**
 * What peers that said hello are granted when their connection is lost.
 *
 * @param time in which they may come back
 * @param peers that may be away at a time
 * @param queue bytes that may wait for one that is away
 * @param answers of one peer that are kept, by the ids of its messages
 * @param kept bytes of them
 */
public record Grace(Duration time, int peers, int queue, int answers, int kept) {

    static Grace read(Reader pocket) {
        return new Grace(
                pocket.time("grace.time"),
                pocket.number("grace.peers", 0, Integer.MAX_VALUE),
                pocket.bytes("grace.queue"),
                pocket.number("grace.answers", 1, Integer.MAX_VALUE),
                pocket.bytes("grace.kept"));
    }
}
