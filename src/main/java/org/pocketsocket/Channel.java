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

    /**
     * The channel's name: at most 255 characters, no dot; {@code socket} is the server's own, and the empty name is the
     * global channel. Or a pattern with variables, {@code game/{id}}: each stands for one or more characters but {@code /},
     * and one bean serves all channels that fit. An exact name goes before a pattern.
     */
    String value();

    /** What members may do at first: names of events, and {@code join}. {@code *} is everything. See {@link Access}. */
    String[] access() default "*";

    /** What becomes of events for members that are too slow for them. */
    WhenSlow whenSlow() default WhenSlow.CLOSE;

    /**
     * Whether members may know who else is here, in the channel and in the rooms that they are in: who is listed, who comes
     * and goes, and what each {@linkplain Member#present shows} of itself.
     */
    boolean presence() default false;
}
