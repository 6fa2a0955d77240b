package org.pocketsocket.hub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.settings.Grace;

/** What one peer's latest messages were answered, by their ids: one that comes again is not handled again. Thread-safe. */
final class Answered {

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Grace limits;
    private int bytes;

    /** What is known of a message. */
    enum Known {
        /** Nothing: it is to be handled, and is known from now on. */
        NEW,

        /** It is being handled. */
        OPEN,

        /** It was answered. */
        DONE,

        /** It was, but what the answer was is not kept. */
        FORGOTTEN
    }

    private record Entry(Known known, @Nullable Load answer) {

        int bytes() {
            return answer == null ? 0 : answer.bytes();
        }
    }

    Answered(Grace limits) {
        this.limits = limits;
    }

    /** A message came. */
    synchronized Known take(String id) {
        Entry entry = entries.putIfAbsent(id, new Entry(Known.OPEN, null));
        if (entry != null) {
            return entry.known;
        }
        if (entries.size() > limits.answers()) {
            Iterator<Entry> oldest = entries.values().iterator();
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
        return Known.NEW;
    }

    /** It was answered. */
    synchronized void put(String id, Load answer) {
        if (entries.containsKey(id)) {
            replace(id, new Entry(Known.DONE, answer));
        }
        for (Map.Entry<String, Entry> oldest : entries.entrySet()) {
            if (bytes <= limits.kept()) {
                return;
            } else if (oldest.getValue().answer != null) {
                bytes -= oldest.getValue().bytes();
                oldest.setValue(new Entry(Known.FORGOTTEN, null));
            }
        }
    }

    private void replace(String id, Entry entry) {
        Entry before = entries.put(id, entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
    }

    /** What it was; null when that is not known. */
    synchronized @Nullable Load answer(String id) {
        Entry entry = entries.get(id);
        return entry == null ? null : entry.answer;
    }
}
