package org.pocketsocket.channel;

import java.lang.reflect.Method;

/** A mistake in a channel bean, in a sentence that names class and method. */
final class ChannelMistake extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChannelMistake(Class<?> type, String sentence) {
        super("Channel bean " + type.getName() + " " + sentence, null, false, false);
    }

    ChannelMistake(Method method, String sentence) {
        super(
                "Channel bean " + method.getDeclaringClass().getName() + ", method " + method.getName() + ": "
                        + sentence,
                null,
                false,
                false);
    }
}
