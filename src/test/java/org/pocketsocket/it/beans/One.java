package org.pocketsocket.it.beans;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;

/** One channel for every door, and for none: the test kit's. */
@Channel("one")
public class One {

    public record Line(String text, int size) {}

    private final Semaphore alarm = new Semaphore(0);

    @OnJoin
    public String join() {
        return "welcome";
    }

    @On("line")
    public Line line(Line line) {
        return new Line(line.text() + "!", line.size() + 1);
    }

    @On("say")
    public void say(String text, Member me, ChannelRef one) {
        one.except(me).send("said", text);
    }

    @On("refuse")
    public void refuse() {
        throw new Rejection(4409, "taken", "somebody has it");
    }

    /** Really waits, as a handler does that calls somebody slow: two seconds, or until somebody else wakes it. */
    @On("nap")
    public boolean nap(ChannelRef one) throws InterruptedException {
        one.send("napping", null);
        return alarm.tryAcquire(2, TimeUnit.SECONDS);
    }

    @On("wake")
    public void wake() {
        alarm.release();
    }

    @OnLeave
    public void left(ChannelRef one, OnLeave.Reason why) {
        one.send("left", why);
    }
}
