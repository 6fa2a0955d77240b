package org.pocketsocket.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.message.Mail;
import org.pocketsocket.servlet.Answer;

/** A poll: one answer, and it is over. */
final class HeldPoll implements Held {

    private final Answer answer;
    private long last;
    private boolean over;

    /** @param last what its client has; an empty answer says so */
    HeldPoll(Answer answer, long last) {
        this.answer = answer;
        this.last = last;
    }

    @Override
    public boolean send(long number, List<String> messages, @Nullable Goodbye goodbye, Runnable ready) {
        last = number;
        say(
                goodbye == null
                        ? Mail.messages(number, messages)
                        : Mail.last(number, messages, goodbye.code(), goodbye.reason()));
        return false;
    }

    @Override
    public void ping(long number) {
        end();
    }

    @Override
    public void end() {
        say(Mail.messages(last, List.of()));
    }

    private void say(String json) {
        if (!over) {
            over = true;
            answer.end(json.getBytes(UTF_8));
        }
    }

    @Override
    public boolean isOver() {
        return over;
    }
}
