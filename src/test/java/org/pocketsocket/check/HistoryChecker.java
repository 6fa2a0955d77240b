package org.pocketsocket.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares what clients saw with what was published. Texts are {@code publisher:number}, each published once. Nobody may see
 * one twice, or a publisher's out of order; within an epoch offsets go up by one, but for a gap that the client was told of;
 * all see the same at the same place; and who was never told of a gap has seen everything that was acknowledged.
 */
final class HistoryChecker {

    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> truth = new HashMap<>();

    /** The server took it, and all clients were there to see it. */
    void acknowledged(String stream, String text) {
        acknowledged.computeIfAbsent(stream, s -> ConcurrentHashMap.newKeySet()).add(text);
    }

    int published() {
        return acknowledged.values().stream().mapToInt(Set::size).sum();
    }

    /** What is wrong, a sentence each. */
    List<String> faults(Map<String, Diary> diaries) {
        diaries.forEach((who, diary) -> acknowledged.keySet().forEach(stream -> {
            List<Diary.Entry> entries = diary.streams().getOrDefault(stream, List.of());
            places(who + " in \"" + stream + "\"", stream, entries);
            order(who + " in \"" + stream + "\"", entries);
            whole(who + " in \"" + stream + "\"", stream, entries);
        }));
        return faults;
    }

    private void places(String who, String stream, List<Diary.Entry> entries) {
        Diary.Entry before = Diary.Entry.GAP;
        for (Diary.Entry entry : entries) {
            if (!entry.isGap()) {
                String known = truth.putIfAbsent(stream + ' ' + entry.epoch() + ' ' + entry.offset(), entry.text());
                if (known != null && !known.equals(entry.text())) {
                    faults.add(who + " saw " + entry + ", but another saw " + known);
                }
                if (!before.isGap()
                        && !(entry.epoch().equals(before.epoch()) && entry.offset() == before.offset() + 1)) {
                    faults.add(who + " saw " + entry + " behind " + before);
                }
            }
            before = entry;
        }
    }

    private void order(String who, List<Diary.Entry> entries) {
        Map<String, Integer> last = new HashMap<>();
        for (Diary.Entry entry : entries) {
            if (!entry.isGap()) {
                int colon = entry.text().indexOf(':');
                String publisher = entry.text().substring(0, colon);
                int number = Integer.parseInt(entry.text().substring(colon + 1));
                Integer before = last.put(publisher, number);
                if (before != null && before >= number) {
                    faults.add(who + " saw " + entry + " after number " + before);
                }
            }
        }
    }

    private void whole(String who, String stream, List<Diary.Entry> entries) {
        if (entries.stream().noneMatch(Diary.Entry::isGap)) {
            Set<String> missing = new HashSet<>(acknowledged.get(stream));
            entries.forEach(entry -> missing.remove(entry.text()));
            if (!missing.isEmpty()) {
                faults.add(who + " was told of no gap, but has not seen " + missing);
            }
        }
    }
}
