package org.pocketsocket.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line for each log record: when, how bad, who, what. A stack trace follows where there is one. */
public final class LogLine extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord record) {
        String message = formatMessage(record).strip().replaceAll("\\s*\\R\\s*", " | ");
        return TIME.format(record.getInstant()) + " " + record.getLevel().getName() + " " + record.getLoggerName()
                + ": " + message + System.lineSeparator() + trace(record);
    }

    private static String trace(LogRecord record) {
        StringWriter text = new StringWriter();
        Optional.ofNullable(record.getThrown()).ifPresent(e -> e.printStackTrace(new PrintWriter(text)));
        return text.toString();
    }
}
