package org.pocketsocket.message;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The JSON blocks of docs/protocol.md are true: the codec reads the ones from clients, and writes the others. */
class ProtocolPageTest {

    private static final Pattern FENCE = Pattern.compile("```json (\\w+)\n(.*?)\n```", Pattern.DOTALL);

    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);

    private record Block(String kind, String json) {}

    @TestFactory
    Stream<DynamicTest> every_block_is_what_the_codec_reads_or_writes() throws IOException {
        return blocks().stream()
                .map(block -> DynamicTest.dynamicTest(block.kind + ": " + block.json, () -> {
                    switch (block.kind) {
                        case "envelope" -> reads(block.json);
                        case "event" -> writes(event(members(block.json)), block);
                        case "receipt" -> writes(receipt(members(block.json)), block);
                        case "error" -> writes(failure(members(block.json)), block);
                        case "token" ->
                            writes(
                                    new Outgoing.Expiring(
                                            Long.parseLong(members(block.json).get("seconds"))),
                                    block);
                        case "left" -> writes(new Outgoing.Left(text(members(block.json), "channel")), block);
                        case "presence" -> writes(presence(members(block.json)), block);
                        case "announcement" -> writes(announcement(members(block.json)), block);
                        case "post" -> posts(block.json);
                        case "mail" -> assertThat(mail(members(block.json))).isEqualTo(block.json);
                        default -> fail("the test knows no block of kind \"%s\"", block.kind);
                    }
                }));
    }

    @Test
    void the_page_has_blocks_of_every_kind_and_no_block_without_a_kind() throws IOException {
        assertThat(blocks().stream().map(Block::kind))
                .contains("envelope", "event", "receipt", "error", "announcement", "post", "mail", "token", "left")
                .contains("presence");
        assertThat(page()).doesNotContain("```json\n");
    }

    private void reads(String json) {
        Map<String, String> members = members(json);
        Incoming read = codec.decode(json);
        assertThat(read.id()).isEqualTo(members.getOrDefault("id", "null"));
        if (!(read instanceof Incoming.Token || read instanceof Incoming.Hello)) { // a token is nobody's to read
            assertThat(read.text()).isEqualTo(json);
        }
        switch (JsonText.unquote(members.get("message"))) {
            case "socket.join" -> assertThat(read).isInstanceOf(Incoming.Join.class);
            case "socket.leave" -> assertThat(read).isInstanceOf(Incoming.Leave.class);
            case "socket.hello" -> assertThat(read).isInstanceOf(Incoming.Hello.class);
            case "socket.presence" -> assertThat(read).isInstanceOf(Incoming.Presence.class);
            case "socket.state" -> assertThat(read).isInstanceOf(Incoming.State.class);
            case "socket.history" -> assertThat(read).isInstanceOf(Incoming.History.class);
            case "socket.answer" ->
                assertThat(read).isInstanceOfSatisfying(Incoming.Answer.class, answer -> assertThat(answer.data())
                        .isEqualTo(members.get("data")));
            case "socket.token" ->
                assertThat(read).isInstanceOfSatisfying(Incoming.Token.class, token -> assertThat(token.token())
                        .startsWith("eyJ"));
            case "socket.refuse" ->
                assertThat(read).isInstanceOfSatisfying(Incoming.Refusal.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo("I am busy"));
            default ->
                assertThat(read).isInstanceOfSatisfying(Incoming.Envelope.class, envelope -> assertThat(envelope.data())
                        .isEqualTo(members.get("data")));
        }
    }

    private void writes(Outgoing message, Block block) {
        assertThat(codec.encode(message)).isEqualTo(block.json);
    }

    private static Outgoing event(Map<String, String> members) {
        String[] name = text(members, "message").split("\\.", 2);
        Outgoing.Spot spot = members.containsKey("offset")
                ? new Outgoing.Spot(
                        members.containsKey("room") ? text(members, "room") : "", Long.parseLong(members.get("offset")))
                : null;
        return new Outgoing.Event(members.get("id"), name[0], name[1], members.get("data"), false, spot);
    }

    private static Outgoing receipt(Map<String, String> members) {
        Instant at = Instant.parse(text(members, "time").replace(' ', 'T') + "Z");
        String id = members.get("messageId");
        Incoming to = text(members, "attr").equals("string")
                ? new Incoming.Plain(id, false, "")
                : new Incoming.Envelope(id, "chat", "say", "{}", "");
        return new Outgoing.Reply(to, members.get("data"), false, at, members.get("history"));
    }

    private static Outgoing failure(Map<String, String> members) {
        int code = Integer.parseInt(members.get("code"));
        Incoming to = new Incoming.Malformed(members.get("messageId"), "", "");
        return new Outgoing.Failure(to, code, text(members, "error"), text(members, "reason"));
    }

    private static Outgoing presence(Map<String, String> members) {
        return new Outgoing.Presence(
                text(members, "channel"),
                members.containsKey("room") ? text(members, "room") : "",
                text(members, "change"),
                members.get("member"),
                Integer.parseInt(members.get("count")));
    }

    private static Outgoing announcement(Map<String, String> members) {
        int port = Integer.parseInt(members.get("port"));
        return new Outgoing.Announcement(
                text(members, "address"), port, text(members, "socket").equals("connected"));
    }

    private static void posts(String json) {
        Map<String, String> members = members(json);
        Post post = Post.read(json);
        assertThat(post.session().map(JsonText::quote).orElse("null"))
                .isEqualTo(members.getOrDefault("session", "null"));
        assertThat(post.ack()).isEqualTo(Long.parseLong(members.getOrDefault("ack", "0")));
        assertThat(post.batch()).isEqualTo(Long.parseLong(members.getOrDefault("batch", "0")));
        assertThat(post.messages()).hasSize(members.containsKey("messages") ? 1 : 0);
        assertThat(post.close()).isEqualTo(members.containsKey("close"));
    }

    private static String mail(Map<String, String> members) {
        if (members.containsKey("batch")) {
            return Mail.taken(Long.parseLong(members.get("batch")));
        }
        long last = Long.parseLong(members.get("last"));
        List<String> messages = JsonScanner.elements(members.get("messages")).stream()
                .map(JsonText::unquote)
                .toList();
        if (members.containsKey("session")) {
            return Mail.opened(text(members, "session"), last, messages);
        } else if (members.containsKey("close")) {
            Map<String, String> goodbye = members(members.get("close"));
            return Mail.last(last, messages, Integer.parseInt(goodbye.get("code")), text(goodbye, "reason"));
        }
        return Mail.messages(last, messages);
    }

    private static String text(Map<String, String> members, String name) {
        return JsonText.unquote(members.get(name));
    }

    private static Map<String, String> members(String json) {
        Map<String, String> members = new HashMap<>();
        assertThat(new JsonObjectScanner(json, 64, members::put).scan()).isZero();
        return members;
    }

    private static List<Block> blocks() throws IOException {
        return FENCE.matcher(page())
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .collect(toList());
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/protocol.md"));
    }
}
