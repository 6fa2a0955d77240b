package org.pocketsocket.channel;

import jakarta.validation.ConstraintViolationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;

/** What Bean Validation finds in a payload, told to the peer. Works without Bean Validation, too. */
final class Violations {

    private static final String NAME = "jakarta.validation.ConstraintViolationException";

    private Violations() {}

    /** Null for any other failure. */
    static @Nullable Rejection rejection(Throwable failure) {
        return failure.getClass().getName().equals(NAME) ? Known.rejection(failure) : null;
    }

    /** Loaded only where such an exception has been thrown. */
    private static final class Known {

        static Rejection rejection(Throwable failure) {
            String reasons = ((ConstraintViolationException) failure)
                    .getConstraintViolations().stream()
                            .map(violation ->
                                    last(violation.getPropertyPath().toString()) + " " + violation.getMessage())
                            .sorted()
                            .collect(Collectors.joining("; "));
            return new Rejection(4400, "invalid_method_args", reasons);
        }

        private static String last(String path) {
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }
}
