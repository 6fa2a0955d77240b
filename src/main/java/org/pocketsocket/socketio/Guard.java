package org.pocketsocket.socketio;

import java.util.ArrayList;
import java.util.List;

/** The lock of a session. What a change brings about is done outside it, in order. */
final class Guard {

    private final List<Runnable> effects = new ArrayList<>();

    /** Changes what is guarded. */
    void act(Runnable change) {
        List<Runnable> todo;
        synchronized (this) {
            change.run();
            todo = List.copyOf(effects);
            effects.clear();
        }
        todo.forEach(Runnable::run);
    }

    /** To be called in a change. */
    void then(Runnable effect) {
        effects.add(effect);
    }
}
