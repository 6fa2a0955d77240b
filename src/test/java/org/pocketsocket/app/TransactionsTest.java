package org.pocketsocket.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When what is sent in a transaction leaves. The real thing, with a data source, is ModelIT's. */
class TransactionsTest {

    private final Registry registry = new Registry();
    private final Transactions.AfterCommit transaction = new Transactions.AfterCommit(registry);
    private final List<String> sent = new ArrayList<>();

    @Test
    void what_is_sent_leaves_once_after_the_commit() {
        assertThat(transaction.test(() -> sent.add("a"))).isTrue();
        assertThat(sent).isEmpty();
        registry.end(Status.STATUS_COMMITTED);
        assertThat(sent).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_ROLLEDBACK, Status.STATUS_UNKNOWN, Status.STATUS_NO_TRANSACTION})
    void nothing_leaves_when_the_commit_fails(int end) {
        transaction.test(() -> sent.add("a"));
        registry.end(end);
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK})
    void nothing_leaves_from_a_transaction_that_cannot_commit_any_more(int now) {
        registry.status = now;
        assertThat(transaction.test(() -> sent.add("a"))).isTrue();
        assertThat(registry.waiting).isEmpty();
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK})
    void outside_a_transaction_nothing_is_kept(int now) {
        registry.status = now;
        assertThat(transaction.test(() -> sent.add("a"))).isFalse();
    }

    private static final class Registry implements TransactionSynchronizationRegistry {

        private final List<Synchronization> waiting = new ArrayList<>();
        private int status = Status.STATUS_ACTIVE;

        void end(int how) {
            waiting.forEach(Synchronization::beforeCompletion);
            status = how;
            waiting.forEach(each -> each.afterCompletion(how));
        }

        @Override
        public int getTransactionStatus() {
            return status;
        }

        @Override
        public void registerInterposedSynchronization(Synchronization each) {
            waiting.add(each);
        }

        @Override
        public @Nullable Object getTransactionKey() {
            return this;
        }

        @Override
        public void putResource(Object key, @Nullable Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Object getResource(Object key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public boolean getRollbackOnly() {
            return status == Status.STATUS_MARKED_ROLLBACK;
        }
    }
}
