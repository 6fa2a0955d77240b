import org.pocketsocket.Channel;
import org.pocketsocket.On;

/** A channel without a package: what CDI makes of its name fails. */
@Channel("lonely")
public class Lonely {

    @On("say")
    void say() {}
}
