package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.Envelope;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnError;
import org.pocketsocket.OnJoin;
import org.pocketsocket.Rejection;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** What becomes of what handlers throw. */
class ErrorsTest {

    @Channel("plain")
    static class Plain {
        @On("fail")
        void fail() {
            throw new IllegalStateException("a secret");
        }

        @On("fail later")
        CompletionStage<String> failLater() {
            return CompletableFuture.failedFuture(new IllegalStateException("a secret"));
        }

        @On("refuse")
        void refuse() {
            throw new Rejection(4409, "taken", "somebody has it");
        }

        @On("refuse later")
        CompletionStage<String> refuseLater() {
            return CompletableFuture.failedFuture(new Rejection(4409, "taken", "somebody has it"));
        }
    }

    @Channel("cared")
    static class Cared {
        @OnJoin
        void join(Member me) {
            if (me.identity().isAnonymous()) {
                throw new IllegalStateException("who?");
            }
        }

        @On({"recover", "reject", "again"})
        void fail() throws Exception {
            throw new Exception("checked");
        }

        @On("recover later")
        CompletionStage<String> failLater() {
            return CompletableFuture.supplyAsync(() -> {
                throw new IllegalStateException("unchecked");
            });
        }

        @On("refuse")
        void refuse() {
            throw new Rejection(4409, "taken", "somebody has it");
        }

        @OnError
        String error(Throwable why, Envelope what, Member who) {
            return switch (what.event()) {
                case "reject" -> throw new Rejection(4400, "sorry", why.getMessage());
                case "again" -> throw new IllegalStateException("again", why);
                case "" -> throw new Rejection(4401, "who", "tell us");
                default -> who.identity().name() + " gets over " + why.getMessage();
            };
        }
    }

    private static final Logger OURS = Logger.getLogger("org.pocketsocket");
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final TestPocket pocket = TestPocket.of(new Plain(), new Cared());
    private final TestClient ada = pocket.connect("ada");

    @BeforeEach
    void listen() {
        OURS.addHandler(ear);
        OURS.setUseParentHandlers(false);
    }

    @AfterEach
    void end() {
        OURS.removeHandler(ear);
        OURS.setUseParentHandlers(true);
        pocket.close();
    }

    private String asks(String message) {
        return ada.ask(message, null, String.class);
    }

    private void failsWithAnIdThatTheLogHasOnce(String message) {
        Rejection told = catchThrowableOfType(Rejection.class, () -> asks(message));
        assertThat(told.code() + told.error()).isEqualTo("4500internal_error");
        assertThat(told.reason()).doesNotContain("secret");
        assertThat(logged).hasSize(1);
        String entry = logged.get(0).getMessage();
        assertThat(told.reason()).endsWith(entry.substring(entry.lastIndexOf(' ') + 1));
    }

    @Test
    void a_failure_is_logged_once_and_told_by_its_id_GS38() {
        failsWithAnIdThatTheLogHasOnce("plain.fail");
    }

    @Test
    void a_late_failure_too() {
        failsWithAnIdThatTheLogHasOnce("plain.fail later");
    }

    @Test
    void a_rejection_is_told_as_it_is_and_not_logged_GS38() {
        Said.no(4409, "taken", () -> asks("plain.refuse"));
        Said.no(4409, "taken", () -> asks("plain.refuse later"));
        Said.no(4409, "taken", () -> asks("cared.refuse"));
        assertThat(logged).isEmpty();
    }

    @Test
    void a_channels_error_handler_may_recover_GS13() {
        assertThat(asks("cared.recover")).isEqualTo("ada gets over checked");
        assertThat(asks("cared.recover later")).isEqualTo("ada gets over unchecked");
        assertThat(logged).isEmpty();
    }

    @Test
    void it_may_reject_GS13() {
        Said.no(4400, "sorry", () -> asks("cared.reject"));
        Said.no(4401, "who", () -> pocket.connect().join("cared"));
        assertThat(logged).isEmpty();
    }

    @Test
    void it_may_fail_itself_GS13() {
        failsWithAnIdThatTheLogHasOnce("cared.again");
    }
}
