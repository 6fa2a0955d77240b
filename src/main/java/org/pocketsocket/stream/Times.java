package org.pocketsocket.stream;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Times as Python writes them: ISO 8601 in UTC, with microseconds, and no zone. */
final class Times {

    /** {@code 2014-04-06T12:00:00}, with fractions or without, with a zone or without. */
    static final Pattern ISO =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)?");

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private static volatile Second last = new Second(0, SECOND.format(Instant.EPOCH));

    private Times() {}

    private record Second(long number, String text) {}

    static String text(Instant at) {
        Second second = last;
        if (second.number != at.getEpochSecond()) {
            second = new Second(at.getEpochSecond(), SECOND.format(at));
            last = second;
        }
        return second.text + Integer.toString(1_000_000 + at.getNano() / 1000).substring(1);
    }
}
