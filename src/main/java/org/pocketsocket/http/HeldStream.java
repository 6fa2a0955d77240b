package org.pocketsocket.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.message.Mail;
import org.pocketsocket.servlet.Answer;

/** A stream of Server-Sent Events (WHATWG HTML, 9.2). */
final class HeldStream implements Held {

    private final Answer answer;
    private final String session;
    private String head = "retry: 1000\n\n";
    private boolean over;

    HeldStream(Answer answer, String session) {
        this.answer = answer;
        this.session = session;
    }

    /** Is to tell of the session: it is new, and this is where it begins. */
    HeldStream opening() {
        head += event(0, "session", Mail.opened(session, 0));
        return this;
    }

    @Override
    public boolean send(long last, List<String> messages, @Nullable Goodbye goodbye, Runnable ready) {
        StringBuilder events = new StringBuilder(head);
        head = "";
        long number = last - messages.size();
        for (String message : messages) {
            message(events.append("id: ").append(session).append('.').append(++number), message);
        }
        if (goodbye == null) {
            return answer.write(events.toString().getBytes(UTF_8), ready);
        }
        over = true;
        events.append("event: close\ndata: ")
                .append(Mail.goodbye(goodbye.code(), goodbye.reason()))
                .append("\n\n");
        answer.end(events.toString().getBytes(UTF_8));
        return false;
    }

    private static void message(StringBuilder events, String message) {
        for (String line : message.split("\r\n|\r|\n", -1)) {
            events.append("\ndata: ").append(line);
        }
        events.append("\n\n");
    }

    @Override
    public void ping(long last) {
        answer.ping(event(last, "ping", Long.toString(last)).getBytes(UTF_8));
    }

    private String event(long last, String name, String data) {
        return "id: " + session + '.' + last + "\nevent: " + name + "\ndata: " + data + "\n\n";
    }

    @Override
    public void end() {
        if (!over) {
            over = true;
            answer.end(new byte[0]);
        }
    }

    @Override
    public boolean isOver() {
        return over;
    }
}
