package org.pocketsocket.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Decoder;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.PocketCodec;

/** Text to message. Asks CDI itself: not every server injects into decoders. */
public class IncomingDecoder implements Decoder.Text<Incoming> {

    private final PocketCodec codec = CDI.current().select(PocketCodec.class).get();

    @Override
    public Incoming decode(String text) {
        return codec.decode(text);
    }

    /** Everything is a message, if only to be told what is wrong with it. */
    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
