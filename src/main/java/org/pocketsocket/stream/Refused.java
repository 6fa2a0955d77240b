package org.pocketsocket.stream;

import java.util.List;
import java.util.Map;

/** A call that is answered with a status and an error. Nothing was changed by it. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, ?> body;

    private Refused(int status, Map<String, ?> body) {
        super(body.toString(), null, false, false);
        this.status = status;
        this.body = body;
    }

    /** As channelstream's first versions said it. */
    static Refused with(int status, String error) {
        return new Refused(status, Map.of("error", error));
    }

    /** As channelstream's later versions say what is wrong with one member of a body. */
    static Refused field(String name, String sentence) {
        return new Refused(422, Map.of(name, List.of(sentence)));
    }

    static Refused badSignature() {
        return new Refused(401, Map.of("request", "Bad Signature"));
    }

    /** The same about the one of a list that it is about. */
    Refused in(Object place) {
        return new Refused(status, Map.of(place.toString(), body));
    }

    int status() {
        return status;
    }

    Map<String, ?> body() {
        return body;
    }
}
