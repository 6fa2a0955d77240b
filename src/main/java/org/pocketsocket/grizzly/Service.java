package org.pocketsocket.grizzly;

import jakarta.servlet.http.WebConnection;
import java.lang.reflect.Field;

/**
 * Whether the container is still busy with a request. It has a mark for when it is not, and takes that off too early where
 * an asynchronous answer was complete before its servlet returned: the next request of the same object then looks done
 * from the start, and what is closed meanwhile goes to somebody else under the container's hands.
 */
final class Service {

    private Service() {}

    /** Marks it so; to be called while it is true. False where the container has no such mark. */
    static boolean goesOn(WebConnection given) {
        try {
            Field request = given.getClass().getDeclaredField("request");
            Field done = request.getType().getDeclaredField("afterService");
            request.setAccessible(true);
            done.setAccessible(true);
            done.setBoolean(request.get(given), false);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
