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
    void addsTheStackTrace() {
        LogRecord record = record(Level.SEVERE, "broken");
        record.setThrown(new IllegalStateException("why"));

        assertThat(new LogLine().format(record).lines().skip(1))
                .first()
                .isEqualTo("java.lang.IllegalStateException: why");
    }

    @Test
    void lessThanAWarningStaysOut() {
        assertThat(new LogGate().isLoggable(record(Level.INFO, "STOPPED"))).isFalse();
        assertThat(new LogGate().isLoggable(record(Level.WARNING, "look"))).isTrue();
    }

    private static LogRecord record(Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("org.example");
        record.setParameters(new Object[] {"thing"});
        return record;
    }
}
