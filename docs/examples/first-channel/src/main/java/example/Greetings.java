package example;

import jakarta.annotation.security.RolesAllowed;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.RateLimit;
import org.pocketsocket.Rejection;

@Channel("greetings")
public class Greetings {

    public record Said(String who, String text) {}

    @OnJoin
    String join(Member me) {
        return "Welcome! Say who you are with greetings.login.";
    }

    @On("login")
    @RateLimit(5)
    void login(String name, String password, Member me) {
        boolean host = name.equals("ada") && password.equals("lovelace"); // ask your own user database here
        if (!host && !password.isEmpty()) {
            throw new Rejection(4401, "not_authorized", "name and password do not fit");
        }
        me.identify(host ? Identity.of(name, "host") : Identity.of(name));
    }

    @On("say")
    int say(String text, Identity who, Member me, ChannelRef greetings) {
        greetings.except(me).send("said", new Said(who.name(), text));
        return text.length();
    }

    @On("clear")
    @RolesAllowed("host")
    void clear(ChannelRef greetings) {
        greetings.send("cleared", null);
    }

    @OnLeave
    void left(Identity who, ChannelRef greetings) {
        greetings.send("left", who.name());
    }
}
