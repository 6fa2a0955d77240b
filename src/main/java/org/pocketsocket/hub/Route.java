package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A pattern of channel names, and who serves them: {@code game/{id}} fits {@code game/42}. */
final class Route {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)\\}");

    private final String pattern;
    private final Pattern regex;
    private final List<String> variables = new ArrayList<>();
    private final int literal;
    private final ChannelHandler handler;

    /** A name that is served, and what stands in it for the pattern's variables; an exact one is its own pattern. */
    record Match(String name, ChannelHandler handler, Map<String, String> variables, String pattern, boolean exact) {}

    Route(String pattern, ChannelHandler handler) {
        this.pattern = pattern;
        StringBuilder built = new StringBuilder();
        Matcher variable = VARIABLE.matcher(pattern);
        int at = 0;
        while (variable.find()) {
            built.append(Pattern.quote(pattern.substring(at, variable.start()))).append("([^/]+)");
            variables.add(variable.group(1));
            at = variable.end();
        }
        built.append(Pattern.quote(pattern.substring(at)));
        this.regex = Pattern.compile(built.toString());
        this.literal = VARIABLE.matcher(pattern).replaceAll("").length();
        this.handler = handler;
    }

    static boolean isPattern(String name) {
        return VARIABLE.matcher(name).find();
    }

    ChannelHandler handler() {
        return handler;
    }

    /** How much of a name it fixes: the longer goes first. */
    int literal() {
        return literal;
    }

    @Nullable
    Match match(String name) {
        Matcher matcher = regex.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), matcher.group(i + 1));
        }
        return new Match(name, handler, Map.copyOf(values), pattern, false);
    }
}
