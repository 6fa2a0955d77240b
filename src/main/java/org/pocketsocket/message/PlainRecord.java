package org.pocketsocket.message;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A public record of texts, whole numbers and truth values, without a word about its JSON: the commonest payload. It is
 * read and written as JSON-B would, at a fraction of the cost. All that is not plain is JSON-B's: other records, and JSON
 * that lacks a component, has one twice or of another kind.
 */
final class PlainRecord {

    private static final Set<Class<?>> TYPES = Set.of(String.class, int.class, long.class, boolean.class);

    private final Constructor<?> constructor;
    private final List<Part> parts = new ArrayList<>();

    /** A component; {@code key} is what stands before its value. */
    private record Part(String name, String key, int place, Class<?> type, Method accessor) {

        /** Null: not plain. */
        @Nullable
        Object read(String json) {
            if (type == String.class) {
                return json.charAt(0) == '"' ? JsonText.unquote(json) : null;
            } else if (type == boolean.class) {
                return json.equals("true") ? Boolean.TRUE : json.equals("false") ? Boolean.FALSE : null;
            }
            int most = type == int.class ? 9 : 18; // characters that fit for sure
            if (json.length() > most || !json.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
                return null;
            }
            return type == int.class ? (Object) Integer.valueOf(json) : (Object) Long.valueOf(json);
        }
    }

    private PlainRecord(Class<?> type) {
        constructor = type.getDeclaredConstructors()[0];
        constructor.trySetAccessible(); // else JSON-B says what is the matter
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            components[i].getAccessor().trySetAccessible();
            parts.add(new Part(
                    name, JsonText.quote(name) + ':', i, components[i].getType(), components[i].getAccessor()));
        }
        parts.sort(Comparator.comparing(Part::name)); // JSON-B's order
    }

    /** Empty for any other class. */
    static Optional<PlainRecord> of(Class<?> type) {
        return type.isRecord() && Modifier.isPublic(type.getModifiers()) && isPlain(type) && isSilent(type)
                ? Optional.of(new PlainRecord(type))
                : Optional.empty();
    }

    /** It has the components, and nothing more that JSON-B could look at. */
    private static boolean isPlain(Class<?> type) {
        Set<String> usual = new HashSet<>(Set.of("equals", "hashCode", "toString"));
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            if (!TYPES.contains(component.getType())
                    || Stream.of("get", "is", "set").anyMatch(name::startsWith)) {
                return false;
            }
            usual.add(name);
        }
        return type.getRecordComponents().length > 0
                && type.getInterfaces().length == 0
                && type.getDeclaredConstructors().length == 1
                && Arrays.stream(type.getDeclaredMethods())
                        .allMatch(method -> method.isSynthetic() || usual.contains(method.getName()));
    }

    /** No annotations, on none of its parts, and none of JSON-B's on its package. */
    private static boolean isSilent(Class<?> type) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        AnnotatedElement[][] elements = {
            {type, constructor}, constructor.getParameters(), type.getDeclaredFields(), type.getDeclaredMethods()
        };
        return Arrays.stream(elements).flatMap(Arrays::stream).allMatch(each -> each.getAnnotations().length == 0)
                && Arrays.stream(type.getPackage().getAnnotations())
                        .noneMatch(each -> each.annotationType().getName().startsWith("jakarta.json.bind."));
    }

    /** JSON as such a record; null: ask JSON-B. */
    @Nullable
    Object read(String json) {
        @Nullable Object[] values = new @Nullable Object[parts.size()];
        int[] found = new int[1];
        int result = new JsonObjectScanner(json, WireLimits.DEFAULT.depth(), (name, value) -> {
                    for (Part part : parts) {
                        if (part.name.equals(name)) {
                            values[part.place] = part.read(value);
                            found[0]++;
                        }
                    }
                })
                .scan();
        boolean complete = found[0] == values.length && !Arrays.asList(values).contains(null);
        return result == 0 && complete ? made(values) : null;
    }

    private @Nullable Object made(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            return null; // JSON-B says it in its way
        }
    }

    /** Such a record as JSON; null: ask JSON-B. */
    @Nullable
    String write(Object value) {
        StringBuilder json = new StringBuilder(128).append('{');
        try {
            for (Part part : parts) {
                Object each = part.accessor.invoke(value);
                if (each != null) {
                    json.append(json.length() == 1 ? "" : ",").append(part.key);
                    append(json, each);
                }
            }
        } catch (ReflectiveOperationException e) {
            return null; // JSON-B says it in its way
        }
        return json.append('}').toString();
    }

    private static void append(StringBuilder json, Object value) {
        if (value instanceof String text) {
            JsonText.quote(json, text);
        } else {
            json.append(value);
        }
    }
}
