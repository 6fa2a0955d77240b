package org.pocketsocket.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void keepsALongMessageOnOneLine() {
        assertThat(new LogLine().format(record(Level.WARNING, "first {0}\n   second\r\n")))
                .matches("\\S+ \\S+ WARNING org.example: first thing \\| second\\R");
    }

    @Test
    void namesTheRootCauseAndLaterAddsTheStackTrace() {
        LogRecord record = record(Level.SEVERE, "broken");
        record.setThrown(new IllegalStateException("outer", new IllegalArgumentException("why")));

        assertThat(new LogLine().format(record))
                .endsWith("broken (java.lang.IllegalArgumentException: why)" + System.lineSeparator());

        LogLine.showTraces();

        assertThat(new LogLine().format(record).lines())
                .contains("java.lang.IllegalStateException: outer")
                .contains("Caused by: java.lang.IllegalArgumentException: why");
    }

    private static LogRecord record(Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("org.example");
        record.setParameters(new Object[] {"thing"});
        return record;
    }
}
