package org.pocketsocket.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one client saw of each stream, in its order: events, and that it was told of a gap. */
final class Diary {

    /** @param epoch empty for a gap */
    record Entry(String epoch, long offset, String text) {

        static final Entry GAP = new Entry("", 0, "gap");

        boolean isGap() {
            return epoch.isEmpty();
        }
    }

    private final Map<String, List<Entry>> streams = new LinkedHashMap<>();
    private int recovered;
    private boolean begun;

    synchronized void saw(String stream, Entry entry) {
        streams.computeIfAbsent(stream, s -> new ArrayList<>()).add(entry);
    }

    /** It was in for the first time: it sees everything from now on. */
    synchronized void begins() {
        begun = true;
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    /** It was told that it has everything, and there had been something to miss. */
    synchronized void recovered() {
        recovered++;
    }

    synchronized int recoveries() {
        return recovered;
    }

    synchronized Map<String, List<Entry>> streams() {
        Map<String, List<Entry>> copy = new LinkedHashMap<>();
        streams.forEach((stream, entries) -> copy.put(stream, List.copyOf(entries)));
        return copy;
    }
}
