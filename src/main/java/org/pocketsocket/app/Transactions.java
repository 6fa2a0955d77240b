package org.pocketsocket.app;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Predicate;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What is sent inside a transaction leaves after its commit, and not at all after a rollback. */
final class Transactions {

    private Transactions() {}

    /** Keeps a task until the commit, if this thread is in a transaction; where there is no JTA, nobody ever is. */
    @SuppressWarnings("BanJNDI") // a name of the specification's, no input
    static Predicate<Runnable> find() {
        try {
            Object registry = new InitialContext().lookup("java:comp/TransactionSynchronizationRegistry");
            return new AfterCommit((TransactionSynchronizationRegistry) registry);
        } catch (NamingException | ClassCastException | LinkageError e) {
            return task -> false;
        }
    }

    record AfterCommit(TransactionSynchronizationRegistry registry) implements Predicate<Runnable> {

        @Override
        public boolean test(Runnable task) {
            int now = registry.getTransactionStatus();
            if (now == Status.STATUS_MARKED_ROLLBACK || now == Status.STATUS_ROLLING_BACK) {
                return true; // kept for a commit that will not come
            } else if (now != Status.STATUS_ACTIVE) {
                return false;
            }
            registry.registerInterposedSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {}

                @Override
                public void afterCompletion(int status) {
                    if (status == Status.STATUS_COMMITTED) {
                        task.run();
                    }
                }
            });
            return true;
        }
    }
}
