package example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.pocketsocket.Channels;
import org.pocketsocket.Notice;

@ApplicationScoped
public class Referee {

    @Inject
    Channels channels;

    @Transactional
    public void end(String game, String winner) {
        // what is written to the database here and what is sent happen both, or neither
        channels.of("game/" + game).send("won", winner);
        channels.user(winner).send("game/" + game + ".trophy", 1);
    }

    void seen(@Observes Notice.Joined joined) {
        joined.channel().room("stand").send("joined", joined.member().identity().name());
    }
}
