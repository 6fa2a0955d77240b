package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Handshake;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

class HubTest {

    private static final String TIME = "\"time\":\"[-0-9 :.]{26}\"";

    private final PocketCodec pocket = new PocketCodec(WireLimits.DEFAULT);
    private final Json json = new Json();
    private final FakeChannel chat = new FakeChannel();
    private Hub hub = hub(Map.of("pocket.announce", 0));

    private Hub hub(Map<String, ?> settings) {
        Hub made = new Hub(Settings.of(settings), json, Outside.plain(Runnable::run));
        made.register("chat", chat);
        return made;
    }

    private Hub use(Map<String, ?> settings) {
        hub.close();
        Map<String, Object> all = new HashMap<>(Map.of("pocket.announce", 0));
        all.putAll(settings);
        hub = hub(all);
        return hub;
    }

    @AfterEach
    void end() {
        hub.close();
        json.close();
    }

    /** A client in memory. */
    private final class Client {
        final FakeWire wire = new FakeWire();
        final Peer peer;

        Client() {
            this(pocket);
        }

        Client(Codec codec) {
            Hub at = hub;
            peer = at.connect(Handshake.from("127.0.0.1", 1), codec, wire);
            wire.whenClosed(() -> at.disconnect(peer, Reason.LOST));
        }

        Client says(String text) {
            hub.receive(peer, pocket.decode(text));
            return this;
        }

        Client joins() {
            int before = wire.got().size();
            says("{\"id\":\"j\",\"message\":\"socket.join\",\"data\":{\"channel\":\"chat\"}}");
            wire.await(before + 1);
            return this;
        }

        /** What came after the answer to its joining. */
        List<String> news(int count) {
            return wire.await(1 + count).subList(1, 1 + count);
        }

        void goes() {
            hub.disconnect(peer, Reason.CLOSED);
        }
    }

    // ---- relay: PS-10 to PS-17

    @Test
    void relaysEveryTextLetterByLetterToAllOthersAndGivesTheSenderAReceipt_PS10_PS11() {
        Client a = new Client();
        Client b = new Client();
        Client c = new Client();
        String art = "{\"id\":\"0.lchkqdo\",\"message\":\"Art can be very abstract.\",\"data\":{}}";
        a.says(art);
        assertThat(b.wire.await(1)).containsExactly(art);
        assertThat(c.wire.await(1)).containsExactly(art);
        assertThat(a.wire.got())
                .singleElement()
                .asString()
                .matches("\\{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"0.lchkqdo\"," + TIME + "}");
    }

    @Test
    void relaysTextThatIsNoJson_PS12_PS15() {
        Client a = new Client();
        Client b = new Client();
        a.says("hi");
        assertThat(b.wire.await(1)).containsExactly("hi");
        assertThat(a.wire.got())
                .singleElement()
                .asString()
                .matches("\\{\"socket\":\"sent\",\"attr\":\"string\",\"messageId\":2," + TIME + "}");
    }

    @Test
    void echoesToTheSenderAfterItsReceiptWhenAskedTo_PS5() {
        use(Map.of("pocket.echo", true));
        Client a = new Client();
        Client b = new Client();
        a.says("hi");
        assertThat(b.wire.await(1)).containsExactly("hi");
        assertThat(a.wire.await(2).get(0)).contains("\"sent\"");
        assertThat(a.wire.got().get(1)).isEqualTo("hi");
    }

    @Test
    void tellsOthersWhoComesAndGoesAndTheNewcomerNothing_PS13() {
        use(Map.of("pocket.announce", 10));
        Client a = new Client();
        Client b = new Client();
        b.goes();
        assertThat(a.wire.await(2))
                .containsExactly(
                        "{\"address\":\"127.0.0.1\",\"port\":1,\"socket\":\"connected\"}",
                        "{\"address\":\"127.0.0.1\",\"port\":1,\"socket\":\"disconnected\"}");
        assertThat(b.wire.got()).isEmpty();
    }

    @Test
    void announcesNobodyInACrowd() {
        use(Map.of("pocket.announce", 1));
        Client a = new Client();
        Client b = new Client();
        new Client();
        a.says("hi");
        assertThat(b.wire.await(1)).containsExactly("hi");
    }

    @Test
    void refusesWhatNoChannelTakesWhenItDoesNotRelay() {
        use(Map.of("pocket.relay", false));
        Client a = new Client();
        a.says("{\"id\":1,\"message\":\"nobody.knows\"}").says("hi");
        assertThat(a.wire.got())
                .allMatch(text -> text.contains("\"code\":4404,\"error\":\"no_such_namespace\""))
                .hasSize(2);
        assertThat(a.wire.got().get(0)).contains("\"messageId\":1");
        assertThat(a.wire.got().get(1)).contains("\"messageId\":null");
    }

    // ---- channels

    @Test
    void greetsWhoJoinsAndBringsItTheChannelsEvents() {
        Client a = new Client().joins();
        Client b = new Client();
        assertThat(a.wire.got().get(0)).contains("\"messageId\":\"j\"").contains("\"data\":\"welcome\"");
        hub.of("chat").send("news", "tea");
        assertThat(a.wire.await(2).get(1)).isEqualTo("{\"message\":\"chat.news\",\"data\":\"tea\"}");
        assertThat(b.wire.got()).isEmpty();
    }

    @Test
    void letsTheSenderOfAnEventJoinFirst() {
        Client a = new Client().says("{\"id\":1,\"message\":\"chat.add\"}");
        assertThat(chat.calls).containsExactly("join {}", "add {}");
        assertThat(a.wire.got())
                .singleElement()
                .asString()
                .contains("\"messageId\":1")
                .endsWith("\"data\":42}");
        assertThat(hub.of("chat").members()).hasSize(1);
    }

    @Test
    void sendsNoReceiptForAChannelsEventWithoutAnId() {
        Client a = new Client().says("{\"message\":\"chat.add\"}").says("{\"id\":2,\"message\":\"chat.add\"}");
        assertThat(a.wire.got()).singleElement().asString().contains("\"messageId\":2");
    }

    @Test
    void acknowledgesWhenTheResultIsThere() {
        Client a = new Client().says("{\"id\":1,\"message\":\"chat.later\"}");
        assertThat(a.wire.got()).isEmpty();
        chat.later.complete("done");
        assertThat(a.wire.got()).singleElement().asString().endsWith("\"data\":\"done\"}");
    }

    @Test
    void tellsAPeerThatItWasRefused() {
        Client a = new Client().says("{\"id\":1,\"message\":\"chat.refuse\"}");
        assertThat(a.wire.got())
                .containsExactly("{\"socket\":\"error\",\"messageId\":1,\"code\":4403,"
                        + "\"error\":\"method_access_denied\",\"reason\":\"not you\"}");
    }

    @Test
    void tellsAnIdOnlyWhenAHandlerFailsAndLogsItOnce() {
        List<LogRecord> records = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("org.pocketsocket.handlers");
        log.addHandler(listener);
        log.setUseParentHandlers(false);
        try {
            Client a = new Client().says("{\"id\":1,\"message\":\"chat.fail\"}");
            assertThat(a.wire.got())
                    .singleElement()
                    .asString()
                    .contains("\"code\":4500,\"error\":\"internal_error\"")
                    .doesNotContain("secret detail");
            assertThat(records).hasSize(1);
            String id = records.get(0).getMessage().replaceAll(".* id ", "");
            assertThat(a.wire.got().get(0)).contains(id);
        } finally {
            log.removeHandler(listener);
            log.setUseParentHandlers(true);
        }
    }

    @Test
    void refusesAJoinTwiceAnUnknownChannelAndTooManyChannels() {
        use(Map.of("pocket.limits.channels", 1));
        hub.register("second", new FakeChannel());
        Client a = new Client().joins();
        a.says("{\"id\":1,\"message\":\"socket.join\",\"data\":{\"channel\":\"chat\"}}");
        a.says("{\"id\":2,\"message\":\"socket.join\",\"data\":{\"channel\":\"nope\"}}");
        a.says("{\"id\":3,\"message\":\"socket.join\",\"data\":{\"channel\":\"second\"}}");
        a.says("{\"id\":4,\"message\":\"socket.leave\",\"data\":{\"channel\":\"second\"}}");
        assertThat(a.wire.got().subList(1, 5))
                .satisfiesExactly(
                        text -> assertThat(text).contains("\"code\":4409"),
                        text -> assertThat(text).contains("\"code\":4404"),
                        text -> assertThat(text).contains("\"code\":4429"),
                        text -> assertThat(text).contains("\"code\":4409"));
    }

    // ---- leaving

    @Test
    void tellsTheChannelOnceThatAMemberIsGoneWhateverTheReason() {
        Client a = new Client().joins();
        Client b = new Client().joins();
        Client c = new Client().joins();
        a.says("{\"id\":1,\"message\":\"socket.leave\",\"data\":{\"channel\":\"chat\"}}");
        a.goes();
        b.says("{\"id\":1,\"message\":\"chat.go\"}");
        b.goes();
        c.goes();
        c.goes();
        assertThat(chat.left).hasSize(3).doesNotHaveDuplicates();
        assertThat(hub.of("chat").members()).isEmpty();
    }

    @Test
    void letsNobodyInWhoWentWhileItJoined() {
        List<Peer> peers = new ArrayList<>();
        FakeChannel slow = new FakeChannel() {
            @Override
            public Object join(Call call) {
                hub.disconnect(peers.get(0), Reason.CLOSED);
                return "welcome";
            }
        };
        hub.register("slow", slow);
        Client a = new Client();
        peers.add(a.peer);
        a.says("{\"id\":1,\"message\":\"socket.join\",\"data\":{\"channel\":\"slow\"}}");
        assertThat(slow.left).hasSize(1);
        assertThat(hub.of("slow").members()).isEmpty();
    }

    @Test
    void keepsNoMemberWhoWasRefused() {
        FakeChannel closed = new FakeChannel() {
            @Override
            public Object join(Call call) {
                throw new org.pocketsocket.Rejection(4401, "not_authorized", "who are you?");
            }
        };
        hub.register("closed", closed);
        Client a = new Client().says("{\"id\":1,\"message\":\"closed.add\"}");
        assertThat(a.wire.got()).singleElement().asString().contains("\"code\":4401");
        assertThat(closed.calls).isEmpty();
        assertThat(a.peer.memberships).isEmpty();
    }

    // ---- delivery

    @Test
    void keepsTheOrderOfAChannelForEveryMemberWhileManySend() throws InterruptedException {
        int senders = 4;
        int each = 500;
        List<Client> members =
                IntStream.range(0, 20).mapToObj(i -> new Client().joins()).toList();
        Thread[] threads = new Thread[senders];
        for (int s = 0; s < senders; s++) {
            String name = "s" + s;
            threads[s] = new Thread(
                    () -> IntStream.range(0, each).forEach(i -> hub.of("chat").send("n", name + "-" + i)));
            threads[s].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> first = members.get(0).news(senders * each);
        for (Client member : members) {
            assertThat(member.news(senders * each)).isEqualTo(first);
        }
        for (int s = 0; s < senders; s++) {
            String name = "\"s" + s + "-";
            assertThat(first.stream().filter(text -> text.contains(name)))
                    .containsExactlyElementsOf(IntStream.range(0, each)
                            .mapToObj(i -> "{\"message\":\"chat.n\",\"data\":" + name + i + "\"}")
                            .toList());
        }
    }

    @Test
    void encodesAPublicationOnceHoweverManyGetIt() {
        AtomicInteger encodings = new AtomicInteger();
        Codec counting = new Codec() {
            @Override
            public Incoming decode(String text) {
                return pocket.decode(text);
            }

            @Override
            public String encode(Outgoing message) {
                if (message instanceof Outgoing.Event) {
                    encodings.incrementAndGet();
                }
                return pocket.encode(message);
            }
        };
        List<Client> members = IntStream.range(0, 50)
                .mapToObj(i -> new Client(counting).joins())
                .toList();
        IntStream.range(0, 20).forEach(i -> hub.of("chat").send("n", i));
        members.forEach(member -> member.wire.await(21));
        assertThat(encodings).hasValue(20);
    }

    @Test
    void leavesOutWhomTheSenderLeavesOutEvenInABatch() {
        Client a = new Client().joins();
        Client b = new Client().joins();
        for (int i = 0; i < 100; i++) {
            a.says("{\"message\":\"chat.tell-others\",\"data\":" + i + "}");
            b.says("{\"message\":\"chat.tell\",\"data\":" + i + "}");
        }
        assertThat(b.wire.await(201)).hasSize(201);
        assertThat(a.wire.await(101)).hasSize(101);
    }

    @Test
    void putsOutWhoNeverReadsAndServesTheOthers() {
        use(Map.of("pocket.limits.outbox", 10_000));
        Client slow = new Client().joins();
        Client quick = new Client().joins();
        slow.wire.stopReading();
        IntStream.range(0, 200).forEach(i -> hub.of("chat").send("n", "x".repeat(100)));
        assertThat(quick.wire.await(201)).hasSize(201);
        assertThat(slow.wire.awaitGoodbye()).isEqualTo(Goodbye.TOO_SLOW);
    }

    @Test
    void goesOnWhenAPeerClosesInTheMiddleOfAFanOut() throws InterruptedException {
        List<Client> members =
                IntStream.range(0, 100).mapToObj(i -> new Client().joins()).toList();
        Thread closer = new Thread(
                () -> members.stream().filter(m -> members.indexOf(m) % 2 == 0).forEach(Client::goes));
        closer.start();
        IntStream.range(0, 500).forEach(i -> hub.of("chat").send("n", i));
        closer.join();
        for (int i = 1; i < 100; i += 2) {
            assertThat(members.get(i).wire.await(501)).hasSize(501);
        }
        assertThat(chat.left).hasSize(50);
    }

    @Test
    void aHandlerThatSleepsDelaysNobodyElse() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        hub.register("sleepy", new FakeChannel() {
            @Override
            public Object event(Call call) {
                inside.countDown();
                try {
                    release.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "woke";
            }
        });
        Client sleeper = new Client();
        Thread thread = new Thread(() -> sleeper.says("{\"id\":1,\"message\":\"sleepy.x\"}"));
        thread.start();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        Client other = new Client().says("{\"id\":1,\"message\":\"chat.add\"}");
        assertThat(other.wire.got()).hasSize(1);
        sleeper.goes(); // waits for nobody: told in the sleeper's own turn
        release.countDown();
        thread.join(10_000);
        assertThat(hub.of("sleepy").members()).isEmpty();
    }

    @Test
    void refusesAPayloadThatCouldNeverBeDelivered() {
        assertThatThrownBy(() -> hub.of("chat").send("n", "x".repeat(300_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("262144");
        assertThatThrownBy(() -> hub.of("chat").send("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hub.of("nope")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysGoodbyeToAllAndEndsItsThreadsWhenClosed() {
        Client a = new Client().joins();
        hub.close();
        assertThat(a.wire.goodbye()).isEqualTo(Goodbye.GOING_AWAY);
        assertThat(chat.left).hasSize(1);
        assertThat(new Client().wire.goodbye()).isEqualTo(Goodbye.GOING_AWAY);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("pocket-"));
    }
}
