package org.pocketsocket.it.beans;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.pocketsocket.Channels;

/** Sends from a REST resource, in a transaction. */
@Path("ledger")
@RequestScoped
public class LedgerResource {

    @Inject
    private Channels channels;

    @POST
    @Transactional
    public void post(@QueryParam("text") String text, @QueryParam("fails") boolean fails) {
        channels.of("ledger").send("posted", text);
        if (fails) {
            throw new IllegalStateException("expected by a test: " + text);
        }
    }
}
