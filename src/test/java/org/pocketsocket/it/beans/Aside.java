package org.pocketsocket.it.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.pocketsocket.ChannelRef;

/** Sends outside of the caller's transaction: at once. */
@ApplicationScoped
public class Aside {

    @Transactional(TxType.NOT_SUPPORTED)
    public void send(ChannelRef channel, String text) {
        channel.send("aside", text);
    }
}
