package org.pocketsocket.client;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket's channels and their handlers. */
final class Parties {

    private static final String ROOT = "/";

    private final Map<String, Party> parties = new ConcurrentHashMap<>();
    private final Listeners listeners;

    private record Party(SocketIoChannel channel, SocketIoHandler handler, HandlerMethods methods) {}

    Parties(Listeners listeners) {
        this.listeners = listeners;
    }

    /**
     * One more.
     *
     * @throws IllegalStateException when there is one already
     */
    void add(SocketIoChannel channel, SocketIoHandler handler) {
        Party party = new Party(channel, handler, new HandlerMethods(handler));
        if (parties.putIfAbsent(channel.name(), party) != null) {
            throw new IllegalStateException("This socket is connected to " + channel.name() + " already");
        }
    }

    void remove(String name) {
        parties.remove(name);
    }

    boolean has(String name) {
        return parties.containsKey(name);
    }

    boolean isEmpty() {
        return parties.isEmpty();
    }

    void tell(Consumer<SocketIoHandler> what) {
        parties.values().forEach(party -> safely(() -> what.accept(party.handler)));
    }

    void joined(String channel, boolean again) {
        Party party = parties.get(channel);
        if (party != null && again) {
            safely(() -> party.handler.onReconnect(party.channel));
        } else if (party != null) {
            safely(() -> party.handler.onConnect(party.channel));
        }
    }

    void left(String channel) {
        Party party = parties.remove(channel);
        if (party != null) {
            safely(party.handler::onDisconnect);
        }
    }

    /** Attached functions come before methods; the reply is there when the server asks for one. */
    void event(Heard.Event event, @Nullable SocketIoReply reply) {
        Party party = parties.get(event.channel());
        if (listeners.has(event.channel(), event.event())) {
            listeners.tell(event, this::mistake);
        } else if (party != null && event.event().equals("message")) {
            safely(() -> party.handler.onMessage(event.id(), event.data().value()));
        } else if (party != null) {
            String name = HandlerMethods.mangled(event.event());
            safely(() -> party.methods
                    .of(event.event())
                    .ifPresentOrElse(
                            method -> party.methods.call(method, event.args(), reply),
                            () -> party.handler.unknownEvent(name, event.args())));
        }
    }

    void acknowledged(String channel, Heard.Answered answer) {
        Party party = parties.get(channel);
        String name = answer.all().containsKey("name") ? Pocket.string(answer.all(), "name") : null;
        List<Payload> args = answer.args().isEmpty() ? null : answer.args();
        if (party != null) {
            safely(() -> party.handler.ack(answer.id(), name, args));
        }
    }

    void fault(ClientException why) {
        String name = why.error().isEmpty() ? why.kind().name().toLowerCase(Locale.ROOT) : why.error();
        error(name, String.valueOf(why.getMessage()));
    }

    /** A handler's own mistake is an error like others. */
    void safely(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException e) {
            mistake(e);
        }
    }

    private void mistake(RuntimeException e) {
        error("handler", String.valueOf(e));
    }

    void error(String name, String message) {
        Party party = parties.get(ROOT);
        if (party != null) {
            party.handler.onError(name, message);
        }
    }
}
