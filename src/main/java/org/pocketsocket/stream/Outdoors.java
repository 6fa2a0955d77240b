package org.pocketsocket.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pocketsocket.history.Page;
import org.pocketsocket.history.Range;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.Raw;

/**
 * What {@code /info} tells of channels of ours, and of their rooms. A backend may see all of it, whatever members may see.
 *
 * @param latest how much of what was sent is told
 */
record Outdoors(Hub hub, Range latest) {

    /** Empty if nobody serves a channel of that name. */
    Optional<Map<String, Object>> about(String name, boolean history) {
        return Place.find(hub, name).map(place -> about(name, place, history));
    }

    private Map<String, Object> about(String name, Place place, boolean history) {
        Map<String, Object> about = Tree.of("name", name, "long_name", name);
        about.put("total_connections", place.count());
        about.put(
                "presence",
                new Raw(hub.overview()
                        .presence(place.stream().channel(), place.stream().room())));
        Optional<Page> page = history ? hub.history(place.stream(), latest) : Optional.empty();
        page.ifPresent(kept -> {
            about.put("epoch", kept.end().epoch());
            about.put("offset", kept.end().offset());
        });
        about.put("history", page.map(Outdoors::events).orElse(List.of()));
        return about;
    }

    private static List<Map<String, Object>> events(Page page) {
        return page.events().stream()
                .map(event -> Tree.of("event", event.event(), "offset", event.offset(), "data", new Raw(event.data())))
                .toList();
    }
}
