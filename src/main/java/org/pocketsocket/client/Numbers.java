package org.pocketsocket.client;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;

/** Numbers as the class that is wanted. One that does not fit is refused, not cut. */
final class Numbers {

    private static final Map<Class<?>, Function<BigDecimal, Object>> KINDS = Map.of(
            int.class, BigDecimal::intValueExact,
            Integer.class, BigDecimal::intValueExact,
            long.class, BigDecimal::longValueExact,
            Long.class, BigDecimal::longValueExact,
            double.class, BigDecimal::doubleValue,
            Double.class, BigDecimal::doubleValue,
            float.class, BigDecimal::floatValue,
            Float.class, BigDecimal::floatValue,
            BigDecimal.class, number -> number);

    private Numbers() {}

    static boolean fits(Class<?> type) {
        return KINDS.containsKey(type);
    }

    static Object as(Number number, Class<?> type) {
        Function<BigDecimal, Object> kind = KINDS.getOrDefault(type, exact -> exact);
        try {
            return kind.apply(new BigDecimal(number.toString()));
        } catch (ArithmeticException e) {
            throw ClientException.payload("A payload does not fit " + type.getTypeName(), e);
        }
    }
}
