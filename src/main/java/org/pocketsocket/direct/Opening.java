package org.pocketsocket.direct;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import org.pocketsocket.frame.Agreement;
import org.pocketsocket.frame.Deflate;
import org.pocketsocket.frame.DeflateTerms;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Offer;
import org.pocketsocket.frame.Request;
import org.pocketsocket.frame.Response;
import org.pocketsocket.frame.Role;
import org.pocketsocket.frame.ServerHandshake;
import org.pocketsocket.servlet.Arrival;

/** The opening handshake on a servlet request, then {@code HttpServletRequest.upgrade}. */
final class Opening {

    /** Payara and GlassFish allocate this for every flush; most of what is flushed is smaller. */
    private static final int OUTPUT_BUFFER = 2048;

    private final Upgrade.Terms terms;

    Opening(Upgrade.Terms terms) {
        this.terms = terms;
    }

    /** Answers the request: with 101 and a connection, or with what is wrong with it. */
    void answer(HttpServletRequest request, HttpServletResponse response, Function<DirectConnection, Guest> guest)
            throws IOException, ServletException {
        try {
            Offer offer = ServerHandshake.verify(request(request));
            Optional<DeflateTerms> deflate =
                    terms.mayDeflate() ? DeflateTerms.TAKEOVER.accept(offer.extensions()) : Optional.empty();
            Agreement agreement = deflate.map(agreed -> Agreement.PLAIN.with(agreed.extension()))
                    .orElse(Agreement.PLAIN);
            head(response, ServerHandshake.response(offer, agreement, Headers.NONE));
            response.setBufferSize(OUTPUT_BUFFER);
            DirectConnection connection = request.upgrade(DirectConnection.class);
            connection.prepare(new Upgrade(
                    terms,
                    guest,
                    new Arrival(request).cable(),
                    deflate.map(agreed -> new Deflate(Role.SERVER, agreed)).orElse(null)));
            response.flushBuffer(); // or the client waits for ever, on Payara and GlassFish
        } catch (HandshakeException refusal) {
            head(response, refusal.answer());
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().println(refusal.getMessage());
        }
    }

    private static Request request(HttpServletRequest request) {
        Headers headers = Headers.NONE;
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers = headers.with(name, value);
            }
        }
        return new Request(request.getMethod(), request.getRequestURI(), request.getProtocol(), headers);
    }

    private static void head(HttpServletResponse response, Response head) {
        response.setStatus(head.status());
        head.headers().fields().stream()
                .filter(field -> !field.name().equals("Content-Length")) // the sentence below has its own
                .forEach(field -> response.addHeader(field.name(), field.value()));
    }
}
