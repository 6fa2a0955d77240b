package org.pocketsocket.grizzly;

import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The web application, on threads of the network: what is called there finds classes and names ({@code java:comp}) as if
 * the container had called it, for it is told so.
 *
 * @param container the container's own idea of it
 * @param tell of the container: what happens there, and to whom
 */
record Application(Object container, ClassLoader loader, Method tell) implements Consumer<Runnable> {

    private static final String BEFORE = "beforeReadListenerOnDataAvailable";
    private static final String AFTER = "afterReadListenerOnDataAvailable";

    /** The last: there is one as a rule. */
    private static volatile @Nullable Application known;

    /** None where the container is not what we know. To be called as the application. */
    static @Nullable Application of(@Nullable Object container) {
        Application application = known;
        if (application == null || application.container != container) {
            application = container == null ? null : make(container);
            known = application;
        }
        return application;
    }

    private static @Nullable Application make(Object container) {
        try {
            Method tell = container.getClass().getMethod("fireContainerEvent", String.class, Object.class);
            return new Application(container, Thread.currentThread().getContextClassLoader(), tell);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    @Override
    public void accept(Runnable task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            call(task);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void call(Runnable task) {
        tell(BEFORE, task);
        try {
            task.run();
        } finally {
            tell(AFTER, task);
        }
    }

    private void tell(String what, Runnable whom) {
        try {
            tell.invoke(container, what, whom);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
