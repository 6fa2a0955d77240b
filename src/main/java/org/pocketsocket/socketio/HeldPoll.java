package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.pocketsocket.servlet.Answer;

/** A poll that no thread waits for. */
final class HeldPoll implements Poll {

    private final HttpServletResponse response;
    private final Answer answer;

    HeldPoll(HttpServletRequest request, HttpServletResponse response, Engine engine) throws IOException {
        this.response = response;
        response.setContentType("text/plain;charset=UTF-8");
        this.answer = new Answer(request, () -> engine.broke(this));
    }

    @Override
    public void answer(String body) {
        end(body.getBytes(UTF_8));
    }

    @Override
    public void refuse() {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        end(No.REQUEST.json().getBytes(UTF_8));
    }

    private void end(byte[] body) {
        response.setContentLength(body.length);
        answer.end(body);
    }
}
