package org.pocketsocket.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line for each log record: when, how bad, who, what. A stack trace follows where there is one, but not while the
 * server starts: whoever typed the command gets the reason, not the four places where Payara logs it.
 */
public final class LogLine extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private static volatile boolean traces = Boolean.getBoolean("pocket.verbose");

    static void showTraces() {
        traces = true;
    }

    @Override
    public String format(LogRecord record) {
        if (!traces && record.getThrown() != null) {
            Mistakes.note(record.getThrown());
        }
        String message = formatMessage(record).strip().replaceAll("\\s*\\R\\s*", " | ");
        String cause = Optional.ofNullable(record.getThrown())
                .map(e -> traces ? System.lineSeparator() + trace(e) : " (" + root(e) + ")" + System.lineSeparator())
                .orElseGet(System::lineSeparator);
        return TIME.format(record.getInstant()) + " " + record.getLevel().getName() + " " + record.getLoggerName()
                + ": " + message + cause;
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    static Throwable root(Throwable e) {
        Throwable root = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }
}
