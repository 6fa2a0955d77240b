package org.pocketsocket.client;

import java.util.concurrent.CompletionStage;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.Rejection;

/** What the clients in these tests talk with. */
@Channel("chat")
public class Chat {

    public record Line(String text) {}

    public record Said(String text, int length) {}

    public record Receipt(int length) {}

    public record Welcome(String greeting) {}

    @OnJoin
    public Welcome join() {
        return new Welcome("hello");
    }

    @On("say")
    public Receipt say(Line line, ChannelRef chat) {
        if (line.text().contains("!")) {
            throw new Rejection(4409, "loud", "not so loud");
        }
        chat.send("said", new Said(line.text(), line.text().length()));
        return new Receipt(line.text().length());
    }

    @On("number")
    public int number(int number, ChannelRef chat) {
        chat.send("numbered", number);
        return number;
    }

    @On("quiz me")
    public CompletionStage<String> quiz(Member me) {
        return me.ask("quiz", "7 times 6?", String.class).handle((answer, no) -> no == null ? answer : no.getMessage());
    }
}
