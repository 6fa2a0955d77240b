package org.pocketsocket.channel;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A method and its guard. */
record Handler(Guard guard, Invocation invocation) {

    static Handler of(Method method, Blueprint.Bound bound) {
        return new Handler(new Guard(method, bound.type()), new Invocation(method, bound.bean(), bound.json()));
    }

    @Nullable
    Object call(Moment moment) {
        guard.pass(moment.call().member());
        return invocation.call(moment);
    }
}
