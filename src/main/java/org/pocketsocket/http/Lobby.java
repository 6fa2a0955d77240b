package org.pocketsocket.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Mail;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.Post;
import org.pocketsocket.security.Origins;
import org.pocketsocket.servlet.Answer;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Settings;

/** Answers requests: opens sessions, takes what clients send, and holds those who wait for something. */
@Singleton
public class Lobby {

    private final PocketCodec codec;
    private final Origins origins;
    private final Visits visits;
    private final Settings settings;

    @Inject
    Lobby(PocketCodec codec, Origins origins, Settings settings, Visits visits) {
        this.codec = codec;
        this.origins = origins;
        this.settings = settings;
        this.visits = visits;
    }

    /** @param poll at the door for polls, not at the one for events */
    void receive(HttpServletRequest request, HttpServletResponse response, boolean poll) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            admit(request, response, poll);
            if (request.getMethod().equals("POST")) {
                post(request, response, poll);
            } else if (request.getMethod().equals("GET") && !poll) {
                stream(request, response);
            } else {
                response.setHeader("Allow", poll ? "POST" : "GET, POST");
                throw new Refused(405, 4400, "invalid_packet", "this door takes no " + request.getMethod());
            }
        } catch (Rejection no) { // of the token it showed
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            answer(response, codec.encode(Outgoing.Failure.of(no.code(), no.error(), no.reason())));
        } catch (Refused no) {
            response.setStatus(no.status());
            answer(response, codec.encode(Outgoing.Failure.of(no.code(), no.error(), no.reason())));
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, boolean poll) {
        if (!(poll ? settings.http().poll() : settings.http().events())) {
            throw new Refused(501, 4404, "no_such_door", "this door is off");
        } else if (!new Arrival(request).isAllowedBy(origins)) {
            throw Refused.denied("a page of this origin may not connect");
        }
        String origin = request.getHeader("Origin");
        if (origin != null) { // let in: so its page may read what we answer
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Vary", "Origin");
        }
    }

    // ---- POST

    private void post(HttpServletRequest request, HttpServletResponse response, boolean poll) throws IOException {
        Post post = read(request);
        Arrival from = new Arrival(request);
        if (post.session().isEmpty()) {
            Visit visit = visits.open(from, false);
            take(visit, post);
            answer(response, Mail.opened(visit.id(), 0, List.of()));
            return;
        }
        Visit visit = visits.find(post.session().get(), from).orElseThrow(Lobby::unknown);
        visit.acknowledge(post.ack());
        if (post.close()) {
            visits.close(visit);
            answer(response, Mail.taken(post.batch()));
        } else if (poll && post.batch() == 0) {
            response.setContentType("application/json;charset=utf-8");
            hold(visit, request, answer -> new HeldPoll(answer, post.ack()), post.ack());
        } else {
            take(visit, post);
            answer(response, Mail.taken(post.batch()));
        }
    }

    private Post read(HttpServletRequest request) throws IOException {
        int most = settings.http().request();
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new Refused(413, 4400, "invalid_packet", "a body has at most " + most + " bytes, send less at once");
        }
        try {
            return Post.read(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            throw Refused.invalid("the body is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** A batch: once, in its turn, and as a whole. */
    private void take(Visit visit, Post post) {
        visit.peer().heard();
        if (post.batch() == 0) {
            return;
        } else if (visit.readsOnly()) {
            throw Refused.denied("who subscribes by the address only reads");
        } else if (visit.peer().isBehind() || !visit.speaking.tryLock()) {
            throw Refused.later("too much waits for you, or your batch before is still being handled");
        }
        try {
            if (post.batch() > visit.batch + 1) {
                throw new Refused(409, 4409, "conflict", "batch " + (visit.batch + 1) + " is missing");
            } else if (post.batch() == visit.batch + 1) {
                visit.batch++;
                post.messages().forEach(text -> visits.receive(visit, text));
            }
        } finally {
            visit.speaking.unlock();
        }
    }

    // ---- GET

    private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Arrival from = new Arrival(request);
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("X-Accel-Buffering", "no");
        if (!goesOn(from, request)) {
            List<String> channels = from.query().getOrDefault("channel", List.of());
            Visit visit = visits.open(from, !channels.isEmpty());
            hold(visit, request, answer -> new HeldStream(answer, visit.id()).opening(), 0);
            channels.forEach(name -> visits.join(visit, name));
        }
    }

    /** Whether a stream that broke off is continued. */
    private boolean goesOn(Arrival from, HttpServletRequest request) throws IOException {
        String last = request.getHeader("Last-Event-ID");
        int dot = last == null ? -1 : last.indexOf('.');
        if (last == null || dot < 0 || !last.substring(dot + 1).matches("\\d{1,15}")) {
            return false;
        }
        long number = Long.parseLong(last.substring(dot + 1));
        Optional<Visit> visit = visits.find(last.substring(0, dot), from).filter(known -> known.canContinue(number));
        if (visit.isPresent()) {
            Visit known = visit.get();
            hold(known, request, answer -> new HeldStream(answer, known.id()), number);
        }
        return visit.isPresent();
    }

    private static void hold(Visit visit, HttpServletRequest request, Function<Answer, Held> kind, long number)
            throws IOException {
        if (!visit.canContinue(number)) {
            throw new Refused(409, 4409, "conflict", "what comes behind " + number + " is not kept");
        }
        AtomicReference<@Nullable Held> held = new AtomicReference<>();
        Answer answer = new Answer(request, () -> visit.broke(held.get()));
        Held kept = kind.apply(answer);
        held.set(kept);
        visit.hold(kept, number);
        answer.leave();
    }

    private static Refused unknown() {
        return new Refused(404, 4404, "no_such_session", "there is no such session (any more), open a new one");
    }

    private static void answer(HttpServletResponse response, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        response.setContentType("application/json;charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
