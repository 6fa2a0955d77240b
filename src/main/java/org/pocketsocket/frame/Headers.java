package org.pocketsocket.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The header fields of a request or response, in their order. Names are the same in any case (RFC 9110, 5.1). */
public record Headers(List<Field> fields) {
    public static final Headers NONE = new Headers(List.of());

    /** One line. A name or value that would be more than one line is refused. */
    public record Field(String name, String value) {
        public Field {
            if (!isLine(name, value)) {
                throw new IllegalArgumentException("Not a header: " + name);
            }
        }

        static boolean isLine(String name, String value) {
            return Tokens.isToken(name) && value.chars().noneMatch(Field::isControl);
        }

        private static boolean isControl(int c) {
            return (c < ' ' && c != '\t') || c == 0x7F;
        }
    }

    public Headers {
        fields = List.copyOf(fields);
    }

    /** {@code Headers.of("Host", "example.com", "Origin", "https://example.com")} */
    public static Headers of(String... namesAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(fields);
    }

    public Headers with(String name, String value) {
        return with(of(name, value));
    }

    public Headers with(Headers more) {
        return new Headers(Stream.concat(fields.stream(), more.fields.stream()).toList());
    }

    public Optional<String> first(String name) {
        return values(name).findFirst();
    }

    /** All values of that name, as if they had been one line (RFC 9110, 5.3). */
    public String joined(String name) {
        return values(name).collect(Collectors.joining(", "));
    }

    /** The elements of a comma-separated list, over all lines of that name. */
    public List<String> tokens(String name) {
        return Arrays.stream(joined(name).split(","))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /** Is this one of the list's elements, in any case? */
    public boolean hasToken(String name, String token) {
        return tokens(name).stream().anyMatch(token::equalsIgnoreCase);
    }

    private Stream<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value);
    }

    /** As on the wire, each line ended. */
    String format() {
        return fields.stream()
                .map(field -> field.name() + ": " + field.value() + "\r\n")
                .collect(Collectors.joining());
    }
}
