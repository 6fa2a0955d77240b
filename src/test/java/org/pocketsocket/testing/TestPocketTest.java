package org.pocketsocket.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;

class TestPocketTest {

    /** The chat of the README. */
    @Channel("chat")
    public static class Chat {

        @OnJoin
        String join(Member me) {
            return "welcome " + me.identity().name();
        }

        @On("say")
        int say(String text, Member me, ChannelRef chat) {
            if (text.isEmpty()) {
                throw new Rejection(4400, "empty", "say something");
            }
            chat.except(me).send("said", text);
            return text.length();
        }

        @On("whisper")
        void whisper(String room, String text, Member me, ChannelRef chat) {
            me.join(room);
            chat.room(room).send("whispered", text);
        }

        @OnLeave
        void left(Member me, ChannelRef chat, OnLeave.Reason reason) {
            chat.send("left", me.identity().name() + " " + reason);
        }
    }

    @Test
    void makesARoundTripWithoutAServer() {
        try (TestPocket pocket = TestPocket.of(new Chat())) {
            TestClient ada = pocket.connect("ada").join("chat");
            TestClient bob = pocket.connect("bob").join("chat");
            assertThat(ada.ask("chat.say", "hello", Integer.class)).isEqualTo(5);
            assertThat(bob.next("chat.said", String.class)).isEqualTo("hello");
            assertThat(ada.waiting("chat.said")).isZero();
            assertThatThrownBy(() -> ada.ask("chat.say", ""))
                    .isInstanceOfSatisfying(
                            Rejection.class, no -> assertThat(no.error()).isEqualTo("empty"));
            bob.vanish();
            assertThat(ada.next("chat.left", String.class)).isEqualTo("bob LOST");
        }
    }

    @Test
    void spreadsAnArrayOverParametersAndKnowsRooms() {
        try (TestPocket pocket = TestPocket.of(new Chat())) {
            TestClient ada = pocket.connect("ada").join("chat");
            TestClient bob = pocket.connect("bob").join("chat");
            ada.ask("chat.whisper", new String[] {"corner", "psst"});
            assertThat(ada.next("chat.whispered", String.class)).isEqualTo("psst");
            assertThat(bob.waiting("chat.whispered")).isZero();
        }
    }

    @Test
    void asksAClientAndGetsItsAnswer() throws Exception {
        try (TestPocket pocket = TestPocket.of(new Chat())) {
            TestClient ada = pocket.connect("ada").join("chat").onAsk("chat.age", data -> 36);
            Member member = pocket.channels().of("chat").members().iterator().next();
            assertThat(member.ask("age", null, Integer.class)
                            .toCompletableFuture()
                            .get())
                    .isEqualTo(36);
            ada.close();
            assertThat(member.ask("age", null, Integer.class).toCompletableFuture())
                    .isCompletedExceptionally();
        }
    }
}
