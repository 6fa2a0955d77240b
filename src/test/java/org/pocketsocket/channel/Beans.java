package org.pocketsocket.channel;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;

/** Channel beans as they should be. */
final class Beans {

    private Beans() {}

    public record Line(String text, int size) {}

    @Dependent
    static class Clock {
        String time() {
            return "noon";
        }
    }

    @Channel("chat")
    static class Chat {

        @Inject
        Clock clock;

        String left = "nobody";

        @OnJoin
        String join(Member me, ChannelRef chat, String name) {
            return name + " joins " + chat.name() + " as " + me.id();
        }

        @OnLeave
        void leave(ChannelRef chat, Member me) {
            left = me.id() + " left " + chat.name();
        }

        @On("who left")
        String whoLeft() {
            return left;
        }

        @On("text")
        String text(String text) {
            return text;
        }

        @On("line")
        Line line(Member me, Line line, ChannelRef chat) {
            return new Line(line.text() + " by " + me.id() + " in " + chat.name(), line.size() + 1);
        }

        @On({"lines", "more.lines"})
        int lines(List<Line> lines) {
            return lines.stream().mapToInt(Line::size).sum();
        }

        @On("number")
        public int number(int number) {
            return number + 1;
        }

        @On("nothing")
        protected void nothing() {}

        @On("later")
        CompletionStage<String> later() {
            return CompletableFuture.completedFuture("soon");
        }

        @On("time")
        String time() {
            return clock.time();
        }

        @On("reject")
        void reject() {
            throw new Rejection(4403, "method_access_denied", "not you");
        }

        @On("bug")
        void bug() {
            throw new IllegalStateException("a bug");
        }

        @On("checked")
        void checked() throws IOException {
            throw new IOException("disk full");
        }

        @On("error")
        void error() {
            throw new StackOverflowError("too much");
        }
    }

    static class Base {
        @On("base")
        String base() {
            return "base";
        }

        @On("overridden")
        String overridden() {
            return "base";
        }
    }

    @Channel("derived")
    @Dependent
    static class Derived extends Base {
        @Override
        @On("overridden")
        String overridden() {
            return "derived";
        }
    }

    @Channel("quiet")
    static class Quiet {
        @On("say")
        void say() {}
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Loud {}

    @Loud
    @Interceptor
    static class Shouter {
        @AroundInvoke
        Object shout(InvocationContext context) throws Exception {
            return context.proceed() + "!";
        }
    }

    @Channel("loud")
    static class LoudChat {
        @Loud
        @On("say")
        String say(String text) {
            return text;
        }
    }
}
