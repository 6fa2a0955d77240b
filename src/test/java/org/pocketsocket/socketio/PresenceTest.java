package org.pocketsocket.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.Handshake;
import org.pocketsocket.History;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.channel.Blueprint;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.settings.Settings;

/** Presence and history for clients of Socket.IO: what pocket's clients ask for, as events of the same names. */
class PresenceTest {

    /** Tells who is there, and what was said. */
    @Channel(value = "chat", presence = true)
    @History(size = 10)
    public static final class Chat {
        @OnJoin
        void join(Member me) {
            me.join("lobby");
        }
    }

    /** Tells nothing. */
    @Channel("plain")
    public static final class Plain {
        @OnJoin
        void join() {}
    }

    private final Json json = new Json();
    private final Hub hub = new Hub(Settings.of(Map.of()), json, Outside.plain(Runnable::run));
    private final SocketIoCodec codec = new SocketIoCodec(Revision.FOUR, 64);
    private final Client ada = new Client("ada");

    private final class Client implements Wire {

        private final List<String> got = new ArrayList<>();
        private final Peer peer;

        Client(String user) {
            peer = hub.connect(new Handshake("127.0.0.1", 1, Map.of(), Map.of(), Identity.of(user)), codec, this);
        }

        Client joins(String channel) {
            hub.receive(peer, new Incoming.Join('"' + peer.id() + '"', channel, "{}", ""));
            return this;
        }

        /** With single quotes for double ones. */
        Client says(String packet) {
            hub.receive(peer, codec.decode(packet.replace('\'', '"')));
            return this;
        }

        @Override
        public synchronized boolean write(Parcel parcel, boolean more, Runnable ready) {
            got.addAll(parcel.texts());
            return true;
        }

        @Override
        public void ping() {}

        @Override
        public void close(Goodbye goodbye) {
            hub.disconnect(peer, Reason.LOST);
        }

        List<String> got() throws InterruptedException {
            hub.settle();
            synchronized (this) {
                return got.stream()
                        .map(text -> text.replaceAll("\"id\":\"[^\"]*\",", ""))
                        .toList();
            }
        }
    }

    @BeforeEach
    void join() {
        hub.register("chat", Blueprint.of(Chat.class).handler(new Chat(), json));
        hub.register("plain", Blueprint.of(Plain.class).handler(new Plain(), json));
        ada.joins("chat").joins("plain");
    }

    @AfterEach
    void close() {
        hub.close();
        json.close();
    }

    @Test
    void who_watches_is_told_of_others_by_events() throws Exception {
        ada.says("2/chat,1['socket.presence',{'watch':true}]");
        assertThat(ada.got()).contains("43/chat,1[{\"count\":1,\"members\":[{\"user\":\"ada\",\"state\":{}}]}]");
        Client bob = new Client("bob").joins("chat");
        bob.says("2/chat,['socket.state',{'state':{'mood':'good'}}]");
        hub.disconnect(bob.peer, Reason.CLOSED);
        assertThat(ada.got())
                .containsSubsequence(
                        "42/chat,[\"socket.presence\",{\"change\":\"join\",\"member\":{\"user\":\"bob\",\"state\":{}},\"count\":2}]",
                        "42/chat,[\"socket.presence\",{\"change\":\"update\",\"member\":{\"user\":\"bob\",\"state\":{\"mood\":\"good\"}},\"count\":2}]",
                        "42/chat,[\"socket.presence\",{\"change\":\"leave\",\"member\":{\"user\":\"bob\",\"state\":{\"mood\":\"good\"}},\"count\":1}]");
        assertThat(bob.got()).as("nobody asked for an answer").noneMatch(text -> text.startsWith("43"));
    }

    @Test
    void rooms_are_named() throws Exception {
        ada.says("2/chat,1['socket.presence',{'room':'lobby','watch':true}]");
        Client ignored = new Client("bob").joins("chat");
        assertThat(ada.got()).anyMatch(text -> text.startsWith("42/chat,[\"socket.presence\",{\"room\":\"lobby\","));
    }

    @Test
    void what_was_said_can_be_asked_for() throws Exception {
        hub.of("chat").send("said", "tea");
        ada.says("2/chat,7['socket.history',{'limit':5}]");
        assertThat(ada.got())
                .anyMatch(text -> text.startsWith("43/chat,7[{\"epoch\":")
                        && text.endsWith("\"events\":[{\"event\":\"said\",\"offset\":1,\"data\":\"tea\"}]}]"));
    }

    @Test
    void a_no_is_the_acknowledgement_or_an_event() throws Exception {
        ada.says("2/plain,1['socket.presence']").says("2/plain,['socket.presence',7]");
        assertThat(ada.got())
                .anyMatch(text -> text.startsWith("43/plain,1[{\"error\":\"method_access_denied\",\"code\":4403"))
                .anyMatch(text -> text.startsWith("42/plain,[\"error\",{\"error\":\"invalid_packet\",\"code\":4400"));
    }
}
