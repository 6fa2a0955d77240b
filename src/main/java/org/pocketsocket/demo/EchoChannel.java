package org.pocketsocket.demo;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.On;

/** Says back what it hears: to the one who said it, or to everybody in the channel. Good for trying, and for measuring. */
@Channel("echo")
public class EchoChannel {

    public record Line(@Nullable String text) {}

    @On("say")
    Line say(Line line) {
        return line;
    }

    @On("shout")
    void shout(Line line, ChannelRef all) {
        all.send("heard", line);
    }
}
