package org.pocketsocket.client;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event that wants an answer. */
record Question(Session session, Heard.Event event, String token) {

    /** Has it answered, now or when the function's stage completes. An exception is the "no". */
    void answer(Function<Payload, @Nullable Object> function) {
        try {
            Object result = function.apply(event.data());
            if (result instanceof CompletionStage<?> later) {
                later.whenComplete((value, failure) -> {
                    if (failure == null) {
                        say(value);
                    } else {
                        refuse(failure);
                    }
                });
            } else {
                say(result);
            }
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    private void say(@Nullable Object value) {
        try {
            session.say(new Say.Answer(event.channel(), token, List.of(Payload.of(value))));
        } catch (ClientException e) {
            refuse(e);
        }
    }

    /** The reason is the exception's message: whoever throws one says it to the server. */
    private void refuse(Throwable failure) {
        Throwable why = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        String reason = why.getMessage() == null ? "no" : why.getMessage();
        if (session.state() != ClientState.CLOSED) {
            session.say(new Say.Refuse(event.channel(), token, reason));
        }
    }
}
