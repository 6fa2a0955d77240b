package org.pocketsocket.channel;

import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;

/** Channel beans with one mistake each. */
final class Mistakes {

    private Mistakes() {}

    @Channel("chat")
    static class PrivateMethod {
        @On("say")
        private void say(String text) {}
    }

    @Channel("chat")
    static class StaticMethod {
        @On("say")
        static void say(String text) {}
    }

    @Channel("chat")
    static class TwoPayloads {
        @On("say")
        void say(String text, Member me, int size) {}
    }

    @Channel("chat")
    static class TwoPayloadsOnJoin {
        @OnJoin
        void join(String text, String more) {}
    }

    @Channel("chat")
    static class PayloadOnLeave {
        @OnLeave
        void left(Member me, String why) {}
    }

    @Channel("chat")
    static class OneEventTwice {
        @On("say")
        void say(String text) {}

        @On({"shout", "say"})
        void shout(String text) {}
    }

    @Channel("chat")
    static class TwoJoins {
        @OnJoin
        void join(Member me) {}

        @OnJoin
        void enter(Member me) {}
    }

    @Channel("chat")
    static class TwoLeaves {
        @OnLeave
        void leave(Member me) {}

        @OnLeave
        void exit(ChannelRef chat) {}
    }

    @Channel("chat")
    static class EmptyEvent {
        @On("")
        void say(String text) {}
    }

    @Channel("chat")
    static class NoEvent {
        @On({})
        void say(String text) {}
    }

    @Channel("chat")
    static class LongEvent {
        @On("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
        void say(String text) {}
    }

    record Hidden(String text) {}

    @Channel("chat")
    static class HiddenPayload {
        @On("say")
        void say(Hidden line) {}
    }

    @Channel("chat")
    static class HiddenResult {
        @OnJoin
        Hidden welcome() {
            return new Hidden("hello");
        }
    }

    @Channel("chat.room")
    static class NameWithDot {
        @On("say")
        void say(String text) {}
    }

    @Channel("")
    static class EmptyName {
        @On("say")
        void say(String text) {}
    }

    @Channel("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
    static class LongName {
        @On("say")
        void say(String text) {}
    }

    @Channel("socket")
    static class OurName {
        @On("say")
        void say(String text) {}
    }

    @Channel("chat")
    static class HandlesNothing {
        void say(String text) {}
    }

    /** Overrides without annotation: the inherited handler is gone. */
    @Channel("chat")
    static class ForgotToAnnotate extends Base {
        @Override
        void say(String text) {}
    }

    static class Base {
        @On("say")
        void say(String text) {}
    }

    @Channel("chat")
    static class First {
        @On("say")
        void say(String text) {}
    }

    @Channel("chat")
    static class Second {
        @On("say")
        void say(String text) {}
    }
}
