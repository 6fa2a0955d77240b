package example;

import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.On;

@Channel("plans")
public class Plans {

    @On("add")
    void add(String plan, ChannelRef plans) {
        plans.send("added", plan);
    }
}
