package org.pocketsocket.client.net;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.pocketsocket.frame.Headers;

/** Cookies of one server, as balancers set them to know their clients again. Kept as long as the client; 50 at most. */
public final class Cookies {

    private static final int MOST = 50;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Takes a cookie, or its new value. */
    public Cookies set(String name, String value) {
        if (values.size() < MOST || values.containsKey(name)) {
            values.put(name, value);
        }
        return this;
    }

    void note(Headers headers) {
        headers.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase("Set-Cookie"))
                .map(field -> field.value().split(";", 2)[0].split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> set(pair[0].strip(), pair[1].strip()));
    }

    Headers header() {
        return values.isEmpty()
                ? Headers.NONE
                : Headers.of(
                        "Cookie",
                        values.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
    }
}
