package org.pocketsocket.client;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Json;

/** Classes of the application's own, by JSON-B. The only place that needs it, and only when it is asked. */
final class Typed {

    private static final String NEEDED = "a JSON-B implementation is needed for %s: add one (Eclipse Yasson),"
            + " or use maps, lists, strings and numbers";

    private Typed() {}

    /** Made at first use; stays as long as our classes do. */
    private static final class Holder {
        private static final Json JSON = new Json();
    }

    static String write(Object value) {
        return String.valueOf(with(value.getClass(), () -> Holder.JSON.write(value)));
    }

    static @Nullable Object read(String json, Type type) {
        return with(type, () -> Holder.JSON.read(json, type));
    }

    private static @Nullable Object with(Type type, Work work) {
        try {
            return work.run();
        } catch (IllegalArgumentException e) {
            throw ClientException.payload("A payload " + e.getMessage(), e);
        } catch (LinkageError | RuntimeException e) {
            throw ClientException.payload(NEEDED.formatted(type.getTypeName()), e);
        }
    }

    private interface Work {
        @Nullable
        Object run();
    }
}
