package org.pocketsocket.client;

import java.util.function.Consumer;
import org.pocketsocket.client.net.Loop;

/** Something that was asked, until it is answered. */
final class Pending {

    final Say say;
    final Consumer<Heard.Answered> done;
    final Consumer<ClientException> failed;
    final Loop.Timer timer;

    /** It has left, so the server may have handled it. */
    boolean sent;

    Pending(Say say, Consumer<Heard.Answered> done, Consumer<ClientException> failed, Loop.Timer timer) {
        this.say = say;
        this.done = done;
        this.failed = failed;
        this.timer = timer;
    }
}
