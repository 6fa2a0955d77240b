package org.pocketsocket.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.channel.Blueprint;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.message.Json;
import org.pocketsocket.settings.Settings;
import org.pocketsocket.socketio.Fakes.FakePipe;

/** Connection state recovery: a client of Socket.IO 4 that lost its connection, between its packets and a bean. */
class ComebackTest {

    private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]*)\"");
    private static final Pattern OFFSET = Pattern.compile("\"(\\w+)\"]$");

    /** Writes down who comes and goes; greets with a text, which looks like an offset. */
    @Channel("{name}")
    public static final class Chat {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @OnJoin
        String join(Member me) {
            calls.add("join");
            me.join("lobby");
            return "welcome";
        }

        @OnLeave
        void leave() {
            calls.add("leave");
        }

        @On("room")
        boolean room(Member me) {
            return me.rooms().contains("lobby");
        }
    }

    private final Json json = new Json();
    private final Chat chat = new Chat();
    private final Fakes.Time time = new Fakes.Time();
    private final SocketIoCodec codec = new SocketIoCodec(Revision.FOUR, 64, true);
    private Hub hub = hub(Map.of());
    private int kept = 10_000;

    private Hub hub(Map<String, ?> settings) {
        return new Hub(Settings.of(settings), json, Outside.plain(Runnable::run));
    }

    private final class Client {

        private final FakePipe pipe = new FakePipe();
        private final Engine engine;

        Client(String user) {
            Beat.Pace pace = new Beat.Pace(Duration.ofMinutes(1), Duration.ofMinutes(1));
            Engine.Terms terms =
                    new Engine.Terms(Revision.FOUR, (packets, poll) -> {}, pace, Duration.ofSeconds(1), 1000);
            engine = new Engine(terms, time.world(), () -> {});
            Conversation.House house =
                    new Conversation.House(hub, new Conversation.Terms(Duration.ofMinutes(1), false, kept));
            Handshake handshake = new Handshake("127.0.0.1", 1, Map.of(), Map.of(), Identity.of(user));
            Conversation conversation =
                    new Conversation(house, engine, codec, new Conversation.Arriving(handshake, Optional.empty()));
            engine.begin(conversation, pipe, "0{}");
        }

        Client() {
            this("ada");
        }

        Client connects(String namespace) {
            return says("40/" + namespace + ",");
        }

        /** Comes back to where another one was. */
        Client returns(String namespace, Client before, String offset) {
            String had = offset.isEmpty() ? "" : ",\"offset\":\"" + offset + '"';
            return says("40/" + namespace + ",{\"pid\":\"" + before.pid(namespace) + '"' + had + '}');
        }

        Client says(String packet) {
            engine.text(pipe, packet);
            return this;
        }

        /** The connection breaks. */
        void breaks() {
            engine.gone(pipe, false);
        }

        /** Each packet, without its offset. */
        List<String> got() throws InterruptedException {
            hub.settle();
            time.pass(50);
            return pipe.got.stream()
                    .map(each -> each.startsWith("42") ? OFFSET.matcher(each).replaceAll("#]") : each)
                    .map(each -> each.startsWith("40") ? each.replaceAll("\\{.*", "") : each)
                    .toList();
        }

        String pid(String namespace) {
            return found(PID, "40/" + namespace + ',');
        }

        String sid(String namespace) {
            return found(Pattern.compile("\"sid\":\"([^\"]*)\""), "40/" + namespace + ',');
        }

        /** Of the event that it got last. */
        String offset(String namespace) throws InterruptedException {
            got();
            return found(OFFSET, "42/" + namespace + ',');
        }

        private String found(Pattern what, String start) {
            List<String> those =
                    pipe.got.stream().filter(each -> each.startsWith(start)).toList();
            Matcher matcher = what.matcher(those.get(those.size() - 1));
            assertThat(matcher.find()).isTrue();
            return matcher.group(1);
        }
    }

    @BeforeEach
    void open() {
        hub.register("{name}", Blueprint.of(Chat.class).handler(chat, json));
    }

    @AfterEach
    void close() {
        hub.close();
        json.close();
    }

    private void send(String channel, String... events) {
        for (String event : events) {
            hub.of(channel).send(event, null);
        }
    }

    private static List<String> events(String namespace, String... names) {
        List<String> packets = new ArrayList<>();
        for (String name : names) {
            packets.add("42/" + namespace + ",[\"" + name + "\",null,#]");
        }
        return packets;
    }

    @Test
    void who_comes_back_is_who_it_was_and_gets_what_it_missed() throws Exception {
        Client ada = new Client().connects("a");
        send("a", "one");
        String had = ada.offset("a");
        send("a", "two");
        ada.got();
        ada.breaks();
        send("a", "three");
        hub.of("a").room("lobby").send("four", null);
        Client back = new Client().returns("a", ada, had);
        assertThat(back.got().subList(1, 5))
                .containsExactlyElementsOf(list("40/a,", events("a", "two", "three", "four")));
        assertThat(back.sid("a")).isEqualTo(ada.sid("a"));
        assertThat(back.pid("a")).isEqualTo(ada.pid("a"));
        assertThat(back.says("42/a,1[\"room\"]").got()).endsWith("43/a,1[true]");
        assertThat(chat.calls).containsExactly("join");
    }

    private static List<String> list(String first, List<String> more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(more);
        return all;
    }

    @Test
    void it_may_come_back_again_and_again_and_before_anybody_notices_that_it_was_gone() throws Exception {
        Client ada = new Client().connects("a");
        String had = ada.offset("a");
        for (int i = 0; i < 5; i++) {
            send("a", "next");
            Client back = new Client().returns("a", ada, had);
            assertThat(back.got()).containsExactlyElementsOf(list("0{}", list("40/a,", events("a", "next"))));
            had = back.offset("a");
            ada = back;
        }
        assertThat(chat.calls).containsExactly("join");
    }

    @Test
    void each_namespace_has_an_offset_of_its_own() throws Exception {
        Client ada = new Client().connects("a").connects("b");
        send("a", "one");
        send("b", "uno");
        String hadOfA = ada.offset("a");
        send("a", "two");
        ada.breaks();
        send("b", "due");
        Client back = new Client().returns("a", ada, hadOfA);
        assertThat(back.got()).containsExactlyElementsOf(list("0{}", list("40/a,", events("a", "two"))));
        send("b", "tre");
        back.returns("b", ada, ada.offset("b"));
        assertThat(back.got().subList(3, 6)).containsExactlyElementsOf(list("40/b,", events("b", "due", "tre")));
        assertThat(chat.calls).containsExactly("join", "join");
    }

    @Test
    void who_had_what_nobody_knows_begins_anew_and_its_place_is_free_at_once() throws Exception {
        Client ada = new Client().connects("a");
        ada.got();
        ada.breaks();
        assertThat(chat.calls).containsExactly("join");
        Client back = new Client().returns("a", ada, "nonsense");
        back.got();
        assertThat(back.pid("a")).isNotEqualTo(ada.pid("a"));
        assertThat(chat.calls).containsExactly("join", "leave", "join");
    }

    @Test
    void who_missed_more_than_is_kept_begins_anew() throws Exception {
        kept = 200;
        Client ada = new Client().connects("a");
        String had = ada.offset("a");
        for (int i = 0; i < 20; i++) {
            send("a", "event " + i);
        }
        ada.got();
        ada.breaks();
        Client back = new Client().returns("a", ada, had);
        assertThat(back.got()).hasSize(3).last().asString().contains("welcome");
        assertThat(back.pid("a")).isNotEqualTo(ada.pid("a"));
    }

    @Test
    void nobody_comes_back_as_another_user() throws Exception {
        Client ada = new Client().connects("a");
        String had = ada.offset("a");
        ada.breaks();
        Client eve = new Client("eve").returns("a", ada, had);
        eve.got();
        assertThat(eve.pid("a")).isNotEqualTo(ada.pid("a"));
        assertThat(chat.calls).containsExactly("join", "join");
        assertThat(new Client().returns("a", ada, had).got()).containsExactly("0{}", "40/a,");
    }

    @Test
    void who_left_the_namespace_or_said_goodbye_is_gone() throws Exception {
        Client ada = new Client().connects("a").connects("b");
        String hadOfB = ada.offset("b");
        ada.says("41/a,").breaks();
        Client back = new Client().returns("b", ada, hadOfB).returns("a", ada, "");
        back.got();
        assertThat(back.pid("b")).isEqualTo(ada.pid("b"));
        assertThat(back.pid("a")).isNotEqualTo(ada.pid("a"));
        assertThat(chat.calls).containsExactly("join", "join", "leave", "join");
        back.says("41/a,").says("41/b,").says("1");
        assertThat(hub.peers()).isEmpty();
    }

    @Test
    void who_closes_properly_is_gone_but_clients_also_close_what_fails_them() throws Exception {
        Client ada = new Client().connects("a");
        ada.engine.gone(ada.pipe, true);
        assertThat(chat.calls).containsExactly("join", "leave");
        Client bob = new Client().connects("a");
        String had = bob.offset("a");
        bob.says("1");
        assertThat(new Client().returns("a", bob, had).got()).containsExactly("0{}", "40/a,");
        assertThat(chat.calls).containsExactly("join", "leave", "join");
    }

    @Test
    void who_is_put_out_does_not_come_back_by_its_secret() throws Exception {
        Client ada = new Client().connects("a");
        String had = ada.offset("a");
        hub.of("a").members().forEach(Member::leave);
        ada.got();
        ada.breaks();
        Client back = new Client().returns("a", ada, had);
        back.got();
        assertThat(back.pid("a")).isNotEqualTo(ada.pid("a"));
        assertThat(chat.calls).containsExactly("join", "leave", "join");
    }

    @Test
    void without_it_there_is_nothing_to_come_back_by() throws Exception {
        kept = 0;
        Client ada = new Client().connects("a");
        ada.got();
        assertThat(ada.pipe.got).noneMatch(each -> each.contains("pid"));
        ada.breaks();
        assertThat(chat.calls).containsExactly("join", "leave");
    }
}
