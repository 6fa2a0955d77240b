package org.pocketsocket.settings;

import java.time.Duration;
import java.util.List;

/**
 * What is kept of what was sent.
 *
 * @param channels those that keep history though their beans do not say so, by the names or patterns that these serve
 * @param size events of one stream
 * @param recovery events that one who was away gets of a stream
 * @param file where it lies; empty: in memory
 * @param memory bytes of all streams together, in memory
 * @param disk bytes that the file may have
 * @param commit how long what is in the file may wait before it is on the disk itself
 * @param keys of events sent once that are remembered
 * @param once how long each is
 */
public record Remembered(
        List<String> channels,
        int size,
        Duration ttl,
        int recovery,
        String file,
        long memory,
        long disk,
        Duration commit,
        int keys,
        Duration once) {

    static Remembered read(Reader pocket) {
        boolean onDisk = pocket.oneOf("history.store", "memory", "file").equals("file");
        return new Remembered(
                pocket.list("history.channels"),
                pocket.number("history.size", 1, Integer.MAX_VALUE),
                pocket.time("history.ttl"),
                pocket.number("history.recovery", 1, Integer.MAX_VALUE),
                onDisk ? pocket.text("history.file") : "",
                pocket.manyBytes("history.memory"),
                pocket.manyBytes("history.disk"),
                pocket.time("history.commit"),
                pocket.number("history.keys", 1, Integer.MAX_VALUE),
                pocket.time("history.once"));
    }
}
