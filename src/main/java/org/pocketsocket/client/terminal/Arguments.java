package org.pocketsocket.client.terminal;

import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.pocketsocket.client.ClientOptions;
import org.pocketsocket.client.ClientOptions.Language;

/**
 * What was typed behind the command.
 *
 * @param joins channels to join at once
 * @param colour as asked for; else as the terminal can
 */
record Arguments(URI uri, ClientOptions options, List<String> joins, Optional<Boolean> colour) {

    static final String USAGE = """
            Usage: client [options] <address>
            Sends and watches events. The address: ws://localhost:8001/, or a door of it.

              --join <channel>     join this channel at once; may be repeated
              --dialect <name>     pocket (default), socketio, or socketio09
              --token <token>      show this token
              --header <name: value>
              --colour, --no-colour

            Then type, or pipe in, a line each:

              join <channel>           leave <channel>
              send <channel.event> [payload]
              ask <channel.event> [payload]
              presence <channel>       quit

            A payload that is no JSON is text.
            """;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with a sentence, when they cannot be understood
     */
    static Arguments parse(List<String> words) {
        Optional<URI> uri = Optional.empty();
        ClientOptions options = ClientOptions.DEFAULT;
        List<String> joins = new ArrayList<>();
        Optional<Boolean> colour = Optional.empty();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--join" -> joins.add(value(word, rest));
                case "--dialect" -> options = options.dialect(dialect(value(word, rest)));
                case "--token" -> options = token(options, value(word, rest));
                case "--header" -> options = header(options, value(word, rest));
                case "--colour" -> colour = Optional.of(true);
                case "--no-colour" -> colour = Optional.of(false);
                default -> uri = Optional.of(address(word));
            }
        }
        URI address = uri.orElseThrow(() -> new IllegalArgumentException("Which address?"));
        return new Arguments(address, options, joins, colour);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static Language dialect(String name) {
        return switch (name) {
            case "pocket" -> Language.POCKET;
            case "socketio" -> Language.SOCKET_IO;
            case "socketio09" -> Language.SOCKET_IO_OLD;
            default -> throw new IllegalArgumentException("No dialect is called " + name);
        };
    }

    private static ClientOptions token(ClientOptions options, String token) {
        return options.token(() -> token);
    }

    private static ClientOptions header(ClientOptions options, String header) {
        int colon = header.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("A header is written \"name: value\"");
        }
        return options.header(
                header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }

    private static URI address(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException("No option is called " + word);
        }
        return URI.create(word.contains("://") ? word : "ws://" + word);
    }
}
