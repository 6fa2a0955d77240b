package example;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Envelope;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnAny;
import org.pocketsocket.OnError;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.RateLimit;
import org.pocketsocket.Rejection;
import org.pocketsocket.WhenSlow;

@RolesAllowed("player")
@Channel(value = "game/{id}", access = {"join", "enter"}, whenSlow = WhenSlow.KEEP_LATEST)
public class Game {

    public record Move(int x, int y) {}

    public record Moved(String who, Move move) {}

    static class Score {
        int moves;
    }

    @OnJoin
    @PermitAll
    String join(@Named("id") String id, Member me) {
        return "game " + id + ", you are " + me.identity().name();
    }

    @On("enter")
    void enter(Member me) {
        me.access().lift();
        me.join("table");
    }

    @On({"move", "pass"})
    @RateLimit(value = 20, seconds = 10)
    int move(Move move, Member me, ChannelRef game) {
        Score score = me.state(Score.class, Score::new);
        score.moves++;
        game.room("table").except(me).send("moved", new Moved(me.identity().name(), move));
        return score.moves;
    }

    @On("rename")
    void rename(String first, String last, Identity before, ChannelRef game) {
        game.send("renamed", Map.of("from", before.name(), "to", first + " " + last));
    }

    @On("offer draw")
    CompletionStage<Integer> draw(Member me, ChannelRef game) {
        return game.except(me)
                .askAll("draw?", me.identity().name(), Boolean.class, Duration.ofSeconds(20))
                .thenApply(all -> all.answers().size());
    }

    @On("clock")
    void clock(ChannelRef game) {
        game.every(Duration.ofSeconds(1), () -> game.sendVolatile("tick", System.currentTimeMillis()));
    }

    @OnAny
    void other(Envelope envelope) {
        throw new Rejection(4404, "no_such_method", "nobody knows how to " + envelope.event());
    }

    @OnError
    void failed(Throwable failure) {
        if (failure instanceof IllegalStateException) {
            throw new Rejection(4409, "conflict", "not now");
        }
        throw new IllegalStateException(failure);
    }

    @OnLeave
    void left(Member me, OnLeave.Reason reason, ChannelRef game) {
        game.send("left", Map.of("who", me.identity().name(), "why", reason));
    }
}
