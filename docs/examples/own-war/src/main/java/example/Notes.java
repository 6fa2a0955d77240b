package example;

import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.On;

@Channel("notes")
public class Notes {

    @On("add")
    void add(String note, ChannelRef notes) {
        notes.send("added", note);
    }
}
