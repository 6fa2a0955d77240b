package org.pocketsocket.demo;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.RateLimit;
import org.pocketsocket.Rejection;

/**
 * Lines that outlive the server, in a file of the directory {@code pocket.demo.dir}.
 *
 * <p>With a database at hand it would be an entity and an {@code EntityManager}; not every server has JPA, so a file it is.
 */
@Channel("guestbook")
public class GuestbookChannel {

    private static final int KEPT = 100;

    private final Jsonb jsonb = JsonbBuilder.create();
    private final LineFile file;

    public record Wish(@Nullable String name, @Nullable String text) {}

    public record Entry(String name, String text, long at) {}

    public GuestbookChannel() {
        this(Path.of(System.getProperty(
                "pocket.demo.dir",
                Path.of(System.getProperty("java.io.tmpdir"), "pocketsocket").toString())));
    }

    GuestbookChannel(Path directory) {
        file = new LineFile(directory.resolve("guestbook.jsonl"), KEPT);
    }

    /** Who comes in reads what is there. */
    @OnJoin
    List<Entry> read() {
        return file.lines().stream()
                .map(line -> jsonb.fromJson(line, Entry.class))
                .toList();
    }

    @RateLimit(value = 5, seconds = 10)
    @On("sign")
    Entry sign(Wish wish, ChannelRef guestbook) {
        Entry entry = new Entry(checked(wish.name(), 32), checked(wish.text(), 500), System.currentTimeMillis());
        file.add(jsonb.toJson(entry));
        guestbook.send("signed", entry);
        return entry;
    }

    private static String checked(@Nullable String text, int most) {
        String given = text == null ? "" : text.strip();
        if (given.isEmpty() || given.length() > most) {
            throw new Rejection(4400, "invalid_text", "1 to " + most + " characters, please");
        }
        return given;
    }
}
