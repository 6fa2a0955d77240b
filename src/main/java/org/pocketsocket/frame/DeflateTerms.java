package org.pocketsocket.frame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The terms of permessage-deflate that two peers agree on (RFC 7692, 7.1). A side without context takeover begins each
 * message with an empty window: worse compression, and no memory of what was sent before.
 *
 * <p>Java's deflater has one window, of 2^15 bytes, and its inflater copes with any. So we never ask for another, decline a
 * client that wants a smaller one from us, and leave out {@code client_max_window_bits}, which is a hint (7.1.2.2).
 *
 * @param serverNoContextTakeover the server begins each message anew
 * @param clientNoContextTakeover the client begins each message anew
 * @param serverWindow whether the server confirms its window, as a client that asks for it must be told (7.1.2.1)
 */
public record DeflateTerms(boolean serverNoContextTakeover, boolean clientNoContextTakeover, boolean serverWindow) {
    /** Both sides keep their windows. */
    public static final DeflateTerms TAKEOVER = new DeflateTerms(false, false, false);

    /** Neither side does. */
    public static final DeflateTerms NO_TAKEOVER = new DeflateTerms(true, true, false);

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_FORGETS = "server_no_context_takeover";
    private static final String CLIENT_FORGETS = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final String OUR_WINDOW = "15";

    /** A parameter as the grammar has it, {@code name=value}. */
    private static final Pattern PARAMETER = Pattern.compile("%s=|%s=|%s=([89]|1[0-5])|%s=([89]|1[0-5])?"
            .formatted(SERVER_FORGETS, CLIENT_FORGETS, SERVER_WINDOW, CLIENT_WINDOW));

    /** For the header: what a client offers, or a server accepts. */
    public Extension extension() {
        List<Extension.Parameter> parameters = new ArrayList<>();
        if (serverNoContextTakeover) {
            parameters.add(new Extension.Parameter(SERVER_FORGETS, Optional.empty()));
        }
        if (clientNoContextTakeover) {
            parameters.add(new Extension.Parameter(CLIENT_FORGETS, Optional.empty()));
        }
        if (serverWindow) {
            parameters.add(new Extension.Parameter(SERVER_WINDOW, Optional.of(OUR_WINDOW)));
        }
        return new Extension(NAME, parameters);
    }

    /** A server with these terms accepts the first offer it can keep; with none, it does without. */
    public Optional<DeflateTerms> accept(List<Extension> offers) {
        return offers.stream()
                .flatMap(offer -> read(offer).stream())
                .filter(asked -> asked.getOrDefault(SERVER_WINDOW, OUR_WINDOW).equals(OUR_WINDOW))
                .map(asked -> terms(asked).join(this))
                .findFirst();
    }

    /**
     * What a client that offered these terms has got.
     *
     * @param agreed the server's extensions; without permessage-deflate among them there is no deflating
     * @throws HandshakeException when the server answers with terms that do not fit
     */
    public Optional<DeflateTerms> confirm(List<Extension> agreed) {
        return agreed.stream()
                .filter(extension -> extension.name().equals(NAME))
                .findFirst()
                .map(answer -> read(answer)
                        .filter(given -> !given.containsKey(CLIENT_WINDOW))
                        .map(DeflateTerms::terms)
                        .filter(terms -> terms.serverNoContextTakeover || !serverNoContextTakeover)
                        .orElseThrow(() -> HandshakeException.malformed("Not what was offered: " + answer)));
    }

    private static DeflateTerms terms(Map<String, String> parameters) {
        return new DeflateTerms(
                parameters.containsKey(SERVER_FORGETS),
                parameters.containsKey(CLIENT_FORGETS),
                parameters.containsKey(SERVER_WINDOW));
    }

    private DeflateTerms join(DeflateTerms other) {
        return new DeflateTerms(
                serverNoContextTakeover || other.serverNoContextTakeover,
                clientNoContextTakeover || other.clientNoContextTakeover,
                serverWindow);
    }

    /** The parameters by name; nothing when it is another extension, or one is unknown, doubled or has a wrong value. */
    private static Optional<Map<String, String>> read(Extension extension) {
        Map<String, String> read = new HashMap<>();
        boolean valid = extension.name().equals(NAME);
        for (Extension.Parameter parameter : extension.parameters()) {
            String value = parameter.value().orElse("");
            valid &= PARAMETER.matcher(parameter.name() + "=" + value).matches();
            valid &= read.put(parameter.name(), value) == null;
        }
        return valid ? Optional.of(read) : Optional.empty();
    }
}
