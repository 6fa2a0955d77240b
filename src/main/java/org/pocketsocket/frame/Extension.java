package org.pocketsocket.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An extension offered or agreed, with its parameters (RFC 6455, 9.1): {@code permessage-deflate; client_max_window_bits}. */
public record Extension(String name, List<Parameter> parameters) {
    static final String HEADER = "Sec-WebSocket-Extensions";

    private static final String TOKEN = "([!#$%&'*+.^_`|~0-9A-Za-z-]++)";
    private static final String SPACE = "[ \\t]*+";
    private static final Pattern ELEMENT =
            Pattern.compile("(?:,%s)*+%s%1$s((?:;[^,;]*+)*+)(?:,%1$s|$)".formatted(SPACE, TOKEN));
    private static final Pattern PARAMETER =
            Pattern.compile(";%s%s%1$s(?:=%1$s(?:%2$s|\"%2$s\")%1$s)?".formatted(SPACE, TOKEN));

    public record Parameter(String name, Optional<String> value) {}

    public Extension {
        parameters = List.copyOf(parameters);
    }

    /** Reads a header's value. A quoted value must be a token, too, so no comma hides in one. */
    public static List<Extension> parse(String header) {
        List<Extension> extensions = new ArrayList<>();
        Matcher element = ELEMENT.matcher(header.strip());
        int at = 0;
        while (at < element.regionEnd()) {
            element.region(at, element.regionEnd());
            if (!element.lookingAt()) {
                throw malformed();
            }
            extensions.add(new Extension(element.group(1), parameters(element.group(2))));
            at = element.end();
        }
        return extensions;
    }

    /** A header's value. */
    static String format(List<Extension> extensions) {
        return extensions.stream().map(Extension::toString).collect(Collectors.joining(", "));
    }

    /** Is one of the same name among them? */
    boolean isAmong(List<Extension> offers) {
        return offers.stream().anyMatch(offer -> offer.name.equals(name));
    }

    private static List<Parameter> parameters(String text) {
        List<Parameter> parameters = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!parameter.region(at, text.length()).lookingAt()) {
                throw malformed();
            }
            Optional<String> value = Optional.ofNullable(parameter.group(2));
            parameters.add(new Parameter(parameter.group(1), value.or(() -> Optional.ofNullable(parameter.group(3)))));
            at = parameter.end();
        }
        return parameters;
    }

    private static HandshakeException malformed() {
        return HandshakeException.malformed("Malformed " + HEADER + ".");
    }

    /** As in the header. */
    @Override
    public String toString() {
        return name + parameters.stream().map(Extension::format).collect(Collectors.joining());
    }

    private static String format(Parameter parameter) {
        return "; " + parameter.name()
                + parameter.value().map(value -> "=" + value).orElse("");
    }
}
