package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Notice;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

/** Peers that come back. Issue 5, peer grace and command ids. */
class SessionsTest {

    private static final Pattern SESSION = Pattern.compile("\"session\":\"([^\"]+)\",\"resumed\":(true|false)");

    private final PocketCodec pocket = new PocketCodec(WireLimits.DEFAULT);
    private final Json json = new Json();
    private final FakeChannel chat = new FakeChannel();
    private final AtomicLong clock = new AtomicLong();
    private final List<Notice> notices = new ArrayList<>();
    private Hub hub = hub(Map.of());

    private Hub hub(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(
                Map.of("pocket.announce", 0, "pocket.grace.time", "25 s", "pocket.heartbeat.interval", "99 d"));
        settings.putAll(more);
        Hub made = new Hub(
                Settings.of(settings),
                json,
                Outside.plain(Runnable::run).withClock(clock::get).with((Notice notice) -> {
                    synchronized (notices) {
                        notices.add(notice);
                    }
                }));
        made.register("chat", chat);
        return made;
    }

    private void use(Map<String, ?> more) {
        hub.close();
        hub = hub(more);
    }

    @AfterEach
    void end() {
        hub.close();
        json.close();
    }

    private final class Client {

        final FakeWire wire = new FakeWire();
        final Peer peer;

        Client(String user) {
            peer = hub.connect(new Handshake("127.0.0.1", 1, Map.of(), Map.of(), Identity.of(user)), pocket, wire);
            wire.whenClosed(() -> hub.disconnect(peer, Reason.LOST));
        }

        Client() {
            this("");
        }

        /** And the last of what came since. */
        String says(String text) {
            hub.receive(peer, pocket.decode(text));
            return last();
        }

        String last() {
            List<String> got = wire.got();
            return got.isEmpty() ? "" : got.get(got.size() - 1);
        }

        String hello() {
            return session(says("{\"id\":\"h\",\"message\":\"socket.hello\"}"), false);
        }

        String resumes(String session, boolean wanted) {
            says("{\"id\":\"h\",\"message\":\"socket.hello\",\"data\":{\"resume\":\"" + session + "\"}}");
            return session(wire.got().get(0), wanted);
        }

        private static String session(String text, boolean resumed) {
            Matcher found = SESSION.matcher(text);
            assertThat(found.find()).as(text).isTrue();
            assertThat(found.group(2)).isEqualTo(String.valueOf(resumed));
            return found.group(1);
        }

        String asks(String id, String message) {
            return says("{\"id\":\"" + id + "\",\"message\":\"" + message + "\",\"data\":{}}");
        }

        void joins() {
            says("{\"id\":\"j\",\"message\":\"socket.join\",\"data\":{\"channel\":\"chat\"}}");
        }

        void breaks() {
            hub.disconnect(peer, Reason.LOST);
        }
    }

    private void send(String data) {
        hub.of("chat").send("said", data);
        settle();
    }

    private void settle() {
        try {
            hub.settle();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Time goes by, and the clockwork turns the wheel. */
    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
        Deadline deadline = new Deadline();
        java.util.concurrent.CountDownLatch turned = new java.util.concurrent.CountDownLatch(1);
        hub.schedule(Duration.ZERO, turned::countDown);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        synchronized (this) {
            while (turned.getCount() > 0) {
                deadline.tick(this, () -> "the wheel does not turn");
            }
        }
    }

    @Test
    void hello_is_answered_with_a_secret_and_the_grace() {
        Client ada = new Client();
        assertThat(ada.says("{\"id\":\"h\",\"message\":\"socket.hello\",\"data\":{}}"))
                .contains("\"messageId\":\"h\"")
                .contains("\"resumed\":false,\"grace\":25,\"peer\":\"" + ada.peer.id + "\"}")
                .doesNotContain("\"session\":\"" + ada.peer.id);
    }

    @Test
    void who_comes_back_is_still_in_and_nobody_noticed() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        ada.breaks();
        pass(20);
        Client back = new Client();
        back.resumes(session, true);
        assertThat(back.wire.got().get(0)).contains("\"peer\":\"" + ada.peer.id + '"');
        send("hi");
        assertThat(back.last()).isEqualTo("{\"message\":\"chat.said\",\"data\":\"hi\"}");
        assertThat(chat.calls).containsExactly("join {\"channel\":\"chat\"}");
        back.asks("1", "chat.tell");
        settle();
        assertThat(back.wire.got()).anyMatch(text -> text.contains("chat.told"));
        pass(100);
        assertThat(chat.left).isEmpty();
        assertThat(hub.of("chat").members()).hasSize(1);
        assertThat(hub.peers()).hasSize(1);
    }

    @Test
    void it_can_come_back_again_and_again() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        for (int i = 0; i < 5; i++) {
            ada.breaks();
            pass(20);
            ada = new Client();
            assertThat(ada.resumes(session, true)).isEqualTo(session);
        }
        send("hi");
        assertThat(ada.last()).contains("hi");
        ada.breaks();
        pass(30);
        assertThat(chat.left).hasSize(1);
    }

    @Test
    void what_was_sent_meanwhile_follows_the_greeting() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        ada.breaks();
        send("1");
        send("2");
        Client back = new Client();
        back.resumes(session, true);
        assertThat(back.wire.got().stream().skip(1))
                .containsExactly(
                        "{\"message\":\"chat.said\",\"data\":\"1\"}", "{\"message\":\"chat.said\",\"data\":\"2\"}");
    }

    @Test
    void what_waited_for_a_wire_that_took_nothing_is_not_lost() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        ada.wire.stopReading();
        send("lost in its wire");
        send("1");
        send("2");
        Client back = new Client();
        back.resumes(session, true);
        ada.wire.readOn();
        send("3");
        assertThat(back.wire.got().stream().skip(1).map(text -> text.replaceAll("\\D", "")))
                .containsExactly("1", "2", "3");
    }

    @Test
    void after_the_grace_it_is_gone_once_and_a_fresh_peer_next_time() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        ada.breaks();
        pass(22);
        assertThat(chat.left).isEmpty();
        pass(4);
        assertThat(chat.calls).endsWith("leave LOST");
        assertThat(chat.left).hasSize(1);
        assertThat(new Client().resumes(session, false)).isNotEqualTo(session);
        assertThat(hub.of("chat").members()).isEmpty();
    }

    @Test
    void who_did_not_say_hello_or_said_goodbye_has_no_grace() {
        Client ada = new Client();
        ada.joins();
        ada.breaks();
        assertThat(chat.left).hasSize(1);
        Client bob = new Client();
        String session = bob.hello();
        bob.joins();
        hub.disconnect(bob.peer, Reason.CLOSED);
        assertThat(chat.left).hasSize(2);
        new Client().resumes(session, false);
    }

    @Test
    void who_was_put_out_has_no_grace() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        hub.of("chat").members().iterator().next().kick("out");
        assertThat(chat.calls).endsWith("leave KICKED");
        new Client().resumes(session, false);
    }

    @Test
    void who_is_put_out_while_it_is_away_is_gone_at_once() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        ada.breaks();
        hub.of("chat").members().iterator().next().kick("out");
        assertThat(chat.calls).endsWith("leave KICKED");
        new Client().resumes(session, false);
    }

    @Test
    void a_transport_that_hangs_about_is_closed_and_what_it_still_says_is_not_heard() {
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        Client back = new Client();
        back.resumes(session, true);
        assertThat(ada.wire.goodbye()).isEqualTo(Goodbye.MOVED);
        int calls = chat.calls.size();
        ada.asks("1", "chat.add");
        assertThat(chat.calls).hasSize(calls);
        ada.breaks();
        back.asks("2", "chat.add");
        assertThat(back.last()).contains("\"data\":42");
        back.peer.close(Goodbye.kicked("out"));
        assertThat(back.wire.goodbye()).isEqualTo(Goodbye.kicked("out"));
        assertThat(chat.calls).endsWith("leave KICKED");
    }

    @Test
    void the_secret_is_good_for_the_same_user_only() {
        Client ada = new Client("ada");
        String session = ada.hello();
        ada.joins();
        ada.breaks();
        new Client("eve").resumes(session, false);
        new Client().resumes(session, false);
        new Client("ada").resumes(session, true);
    }

    @Test
    void hello_comes_first_and_once() {
        Client ada = new Client();
        String session = ada.hello();
        assertThat(ada.says("{\"id\":\"h2\",\"message\":\"socket.hello\"}")).contains("4409");
        ada.joins();
        ada.breaks();
        Client back = new Client();
        back.joins();
        assertThat(back.says("{\"id\":\"h\",\"message\":\"socket.hello\",\"data\":{\"resume\":\"" + session + "\"}}"))
                .contains("4409");
        Client own = new Client();
        own.resumes("nonsense", false);
    }

    @Test
    void only_so_many_may_be_away() {
        use(Map.of("pocket.grace.peers", 1));
        List<Client> clients = List.of(new Client(), new Client());
        clients.forEach(Client::hello);
        clients.forEach(Client::joins);
        clients.forEach(Client::breaks);
        assertThat(chat.left).hasSize(1);
        pass(26);
        assertThat(chat.left).hasSize(2);
    }

    @Test
    void for_who_is_away_only_so_much_may_wait() {
        use(Map.of("pocket.grace.queue", 1000));
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        ada.breaks();
        send("x".repeat(800));
        assertThat(chat.left).isEmpty();
        send("x".repeat(800));
        assertThat(chat.calls).endsWith("leave TOO_SLOW");
        new Client().resumes(session, false);
    }

    @Test
    void silence_is_a_loss_like_any_other() {
        use(Map.of(
                "pocket.heartbeat.interval", "10 s", "pocket.heartbeat.timeout", "5 s", "pocket.grace.time", "99 s"));
        Client ada = new Client();
        String session = ada.hello();
        ada.joins();
        for (int i = 0; i < 60 && ada.wire.goodbye() == null; i++) {
            pass(1);
        }
        assertThat(ada.wire.goodbye()).isEqualTo(Goodbye.LOST);
        assertThat(chat.left).isEmpty();
        Client back = new Client();
        back.resumes(session, true);
        for (int i = 0; i < 60 && back.wire.goodbye() == null; i++) {
            pass(1);
        }
        assertThat(back.wire.goodbye()).isEqualTo(Goodbye.LOST);
    }

    @Test
    void the_end_of_everything_ends_those_who_are_away() {
        Client ada = new Client();
        ada.hello();
        ada.joins();
        ada.breaks();
        hub.close();
        assertThat(chat.left).hasSize(1);
    }

    @Test
    void a_message_that_comes_again_is_not_handled_again_but_answered_the_same() {
        Client ada = new Client();
        String session = ada.hello();
        String answer = ada.asks("1", "chat.add");
        assertThat(ada.asks("1", "chat.add")).isEqualTo(answer);
        ada.breaks();
        Client back = new Client();
        back.resumes(session, true);
        assertThat(back.asks("1", "chat.add")).isEqualTo(answer);
        assertThat(back.asks("2", "chat.refuse")).isEqualTo(back.asks("2", "chat.refuse"));
        assertThat(chat.calls.stream().filter(call -> call.startsWith("add"))).hasSize(1);
        assertThat(chat.calls.stream().filter(call -> call.startsWith("refuse")))
                .hasSize(1);
    }

    @Test
    void one_that_is_still_being_handled_is_answered_when_that_is_done() {
        Client ada = new Client();
        String session = ada.hello();
        ada.asks("1", "chat.later");
        ada.breaks();
        Client back = new Client();
        back.resumes(session, true);
        back.asks("1", "chat.later");
        assertThat(back.wire.got()).hasSize(1);
        chat.later.complete("done");
        assertThat(back.wire.got()).hasSize(2);
        assertThat(back.last()).contains("\"data\":\"done\"");
        assertThat(chat.calls.stream().filter(call -> call.startsWith("later"))).hasSize(1);
    }

    @Test
    void relayed_messages_are_relayed_once() {
        Client ada = new Client();
        Client bob = new Client();
        ada.hello();
        ada.asks("1", "hello");
        ada.asks("1", "hello");
        settle();
        assertThat(bob.wire.got()).hasSize(1);
        ada.says("milk");
        ada.says("milk");
        settle();
        assertThat(bob.wire.got()).hasSize(3);
    }

    @Test
    void without_a_hello_ids_are_the_clients_own_affair() {
        Client ada = new Client();
        ada.asks("1", "chat.add");
        ada.asks("1", "chat.add");
        assertThat(chat.calls.stream().filter(call -> call.startsWith("add"))).hasSize(2);
    }

    @Test
    void only_the_latest_answers_are_kept() {
        use(Map.of("pocket.grace.answers", 2));
        Client ada = new Client();
        ada.hello();
        ada.asks("1", "chat.add");
        ada.asks("2", "chat.add");
        ada.asks("3", "chat.add");
        ada.asks("3", "chat.add");
        ada.asks("2", "chat.add");
        assertThat(chat.calls.stream().filter(call -> call.startsWith("add"))).hasSize(3);
        ada.asks("1", "chat.add");
        assertThat(chat.calls.stream().filter(call -> call.startsWith("add"))).hasSize(4);
    }

    @Test
    void of_an_answer_that_is_too_long_only_its_id_is_kept() {
        use(Map.of("pocket.grace.kept", 10));
        Client ada = new Client();
        ada.hello();
        ada.asks("1", "chat.add");
        assertThat(ada.asks("1", "chat.add")).contains("4409").contains("too long to be kept");
        assertThat(chat.calls.stream().filter(call -> call.startsWith("add"))).hasSize(1);
    }

    @Test
    void who_said_hello_may_join_again_and_is_not_let_in_twice() {
        Client ada = new Client();
        ada.hello();
        ada.joins();
        ada.says("{\"id\":\"k\",\"message\":\"socket.join\",\"data\":{\"channel\":\"chat\"}}");
        assertThat(ada.last()).startsWith("{\"socket\":\"sent\"");
        assertThat(chat.calls).hasSize(1);
    }

    @Test
    void an_edge_of_another_dialect_may_keep_peers_too() {
        Client ada = new Client();
        String secret = hub.sessions().keep(ada.peer);
        ada.joins();
        ada.breaks();
        Client back = new Client();
        assertThat(hub.sessions().resume(back.peer, "nonsense", wire -> Optional.of(Parcel.of("welcome"))))
                .isFalse();
        assertThat(hub.sessions().resume(back.peer, secret, wire -> Optional.of(Parcel.of("welcome"))))
                .isTrue();
        assertThat(back.wire.got()).containsExactly("welcome");
        assertThat(hub.peers()).isEqualTo(List.copyOf(Set.of(ada.peer)));
    }

    @Test
    void notices_tell_of_the_connection_that_turned_out_to_be_a_known_peers() {
        Client ada = new Client();
        String session = ada.hello();
        ada.breaks();
        Client back = new Client();
        back.resumes(session, true);
        assertThat(notices)
                .containsExactly(
                        new Notice.Connected(ada.peer.id, ada.peer.handshake()),
                        new Notice.Connected(back.peer.id, back.peer.handshake()),
                        new Notice.Disconnected(back.peer.id, back.peer.handshake()));
    }
}
