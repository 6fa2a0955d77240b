package org.pocketsocket.stream;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Secret;
import org.pocketsocket.settings.StreamSettings;

/** Lets backends in: from the right address, with the secret or a signature made with it. Thread-safe. */
final class Guard {

    private static final String HEADER = "x-channelstream-secret";
    private static final String EVERYBODY = "0.0.0.0";
    private static final String LOOPBACK = "127.0.0.1";

    private final StreamSettings settings;
    private final Secret secret;
    private final Signatures signatures;

    Guard(StreamSettings settings, Signatures signatures) {
        this.settings = settings;
        this.secret = settings.secret();
        this.signatures = signatures;
    }

    /** Says no to whoever is none of ours. */
    void admit(HttpServletRequest request) {
        if (!settings.isOpen()) {
            throw Refused.with(403, "Closed: set pocket.stream.secret to open it");
        } else if (!mayPost(request.getRemoteAddr())) {
            throw Refused.with(403, "Posting from this address is not allowed");
        }
        String header = request.getHeader(HEADER);
        Optional<String> shown = header == null ? inQuery(request) : Optional.of(header);
        if (shown.isEmpty()) {
            throw Refused.with(403, "No secret, and no signature");
        }
        boolean plain = header != null && secret.is(header); // a secret in the address would end up in logs
        if (!plain && !isSigned(shown.get(), request)) {
            throw Refused.badSignature();
        }
    }

    private static Optional<String> inQuery(HttpServletRequest request) {
        return new Arrival(request)
                .query().getOrDefault("secret", List.of()).stream().findFirst();
    }

    /** The path as it stands in the address, or as it is below the application. */
    private boolean isSigned(String signature, HttpServletRequest request) {
        List<String> paths = List.of(request.getServletPath(), request.getRequestURI());
        return signatures.isGood(signature, paths, settings.times().age())
                || signatures.isGoodStamp(signature, settings.times().age());
    }

    private boolean mayPost(String address) {
        return settings.from().contains(EVERYBODY)
                || settings.from().contains(address)
                || (settings.from().contains(LOOPBACK) && isLoopback(address));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
