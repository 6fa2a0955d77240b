package org.pocketsocket.it;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** One of each {@link org.pocketsocket.test.Shared} server for all that live on them. */
@Suite(failIfNoTests = false) // none of them is for the tests that run alone
@SelectClasses({
    ChannelstreamIT.class,
    ClientIT.class,
    ClientPlacesIT.class,
    ClientSocketIoIT.class,
    SeedClientIT.class,
    SocketIoClientsIT.class,
    SocketIoEverybodyIT.class,
    StreamOverSocketIoIT.class,
    StreamPagesIT.class
})
class AtSharedServersIT {}
