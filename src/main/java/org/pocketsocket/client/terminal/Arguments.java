package org.pocketsocket.client.terminal;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pocketsocket.client.ClientOptions;
import org.pocketsocket.client.ClientOptions.Language;
import org.pocketsocket.client.ClientOptions.Transport;

/**
 * What was typed behind the command.
 *
 * @param joins channels to join at once
 * @param watches goes on when the input has ended
 * @param colour as asked for; else as the terminal can
 * @param order one line to obey in place of the input; empty for the input
 */
record Arguments(
        URI uri, ClientOptions options, List<String> joins, boolean watches, Optional<Boolean> colour, String order) {

    static final String USAGE = """
            Usage: client [options] <address> [order]
            Sends and watches events. The address: ws://localhost:8001/, or a door of it.

              --join <channel>       join this channel at once; may be repeated
              --watch                go on when the input has ended, until Ctrl-C
              --dialect <name>       pocket (default), socketio, or socketio09
              --transport <a,b>      websocket, polling, events: which, and in which order
              --token <token>        show this token; default what POCKET_TOKEN says
              --header <name: value> may be repeated
              --proxy <host:port>    go through this HTTP proxy
              --colour, --no-colour  default: where somebody sees them

            Orders, one behind the address, or a line each:

              join <channel>           leave <channel>
              send <channel.event> [payload]
              ask <channel.event> [payload]
              presence <channel>       watch <channel>
              quit

            A payload that is no JSON is text. Events and answers go to the output, all else to the
            error output. Ends with 0; with 1 when there is no connection, or something was refused or
            not answered; with 2 when the arguments are wrong.
            """;

    private static final String TOKEN = "POCKET_TOKEN";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with a sentence, when they cannot be understood
     */
    static Arguments parse(List<String> words, Map<String, String> environment) {
        Draft draft = new Draft();
        if (environment.containsKey(TOKEN)) {
            draft.token(environment.get(TOKEN));
        }
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            draft.take(rest.next(), rest);
        }
        return draft.done();
    }

    /** They, as far as they were read. */
    private static final class Draft {

        private final List<String> joins = new ArrayList<>();
        private final List<String> order = new ArrayList<>();
        private Optional<URI> uri = Optional.empty();
        private ClientOptions options = ClientOptions.DEFAULT;
        private Optional<Boolean> colour = Optional.empty();
        private boolean watches;

        void take(String word, Iterator<String> rest) {
            if (uri.isPresent() && (!order.isEmpty() || !word.startsWith("--"))) {
                order.add(word);
                return;
            }
            switch (word) {
                case "--watch" -> watches = true;
                case "--colour", "--color" -> colour = Optional.of(true);
                case "--no-colour", "--no-color" -> colour = Optional.of(false);
                case "--join", "--dialect", "--transport", "--token", "--header", "--proxy" ->
                    option(word, value(word, rest));
                default -> uri = Optional.of(address(word));
            }
        }

        private void option(String name, String value) {
            switch (name) {
                case "--join" -> joins.add(value);
                case "--dialect" -> options = options.dialect(dialect(value));
                case "--transport" -> options = options.transports(transports(value));
                case "--token" -> token(value);
                case "--header" -> header(value);
                default -> proxy(value);
            }
        }

        void token(String token) {
            options = options.token(() -> token);
        }

        private void header(String header) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("A header is written \"name: value\"");
            }
            options = options.header(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }

        private void proxy(String address) {
            int colon = address.lastIndexOf(':');
            String port = address.substring(colon + 1);
            if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new IllegalArgumentException("A proxy is written host:port, not " + address);
            }
            InetSocketAddress place =
                    InetSocketAddress.createUnresolved(address.substring(0, colon), Integer.parseInt(port));
            options = options.proxy(place, null, null);
        }

        Arguments done() {
            URI address = uri.orElseThrow(() -> new IllegalArgumentException("Which address?"));
            return new Arguments(address, options, List.copyOf(joins), watches, colour, String.join(" ", order));
        }
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

    private static Transport[] transports(String names) {
        return Arrays.stream(names.split(",")).map(Arguments::transport).toArray(Transport[]::new);
    }

    private static Transport transport(String name) {
        return Arrays.stream(Transport.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("No transport is called " + name));
    }

    private static URI address(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException("No option is called " + word);
        }
        String uri = word.contains("://") ? word : "ws://" + word;
        if (!uri.matches("(?i)(ws|http)s?://.+")) {
            throw new IllegalArgumentException("An address begins with ws, wss, http or https, not as " + word);
        }
        return URI.create(uri);
    }
}
