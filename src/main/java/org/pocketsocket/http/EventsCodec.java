package org.pocketsocket.http;

import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Outgoing;

/** For who only reads a channel: pocket, without what others relay, and without who comes and goes. */
final class EventsCodec implements Codec {

    private final Codec pocket;

    EventsCodec(Codec pocket) {
        this.pocket = pocket;
    }

    @Override
    public Incoming decode(String text) {
        return pocket.decode(text);
    }

    /** Empty for what is left out; {@link Visit} sends no empty messages. */
    @Override
    public String encode(Outgoing message) {
        boolean wanted = !(message instanceof Outgoing.Verbatim || message instanceof Outgoing.Announcement);
        return wanted ? pocket.encode(message) : "";
    }
}
