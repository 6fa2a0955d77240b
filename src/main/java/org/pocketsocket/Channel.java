package org.pocketsocket;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a CDI bean the server side of a channel. The bean is application scoped unless it says otherwise.
 *
 * <pre>{@code
 * @Channel("chat")
 * public class Chat {
 *     @On("say")
 *     void say(String text, Member me, ChannelRef chat) {
 *         chat.except(me).send("said", text);
 *     }
 * }
 * }</pre>
 *
 * A mistake in a channel's annotations stops the deployment with a sentence that names class and method.
 */
@Documented
@Stereotype
@ApplicationScoped
@Target(TYPE)
@Retention(RUNTIME)
public @interface Channel {

    /** The channel's name: 1 to 255 characters, no dot; {@code socket} is the server's own. */
    String value();

    /** What becomes of events for members that are too slow for them. */
    WhenSlow whenSlow() default WhenSlow.CLOSE;
}
