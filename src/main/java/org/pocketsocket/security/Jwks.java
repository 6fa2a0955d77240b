package org.pocketsocket.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.settings.Settings;

/**
 * A set of public keys (RFC 7517) that somebody else keeps: in a file, or at an address. It is fetched by the thread that
 * needs it, one at a time; the others go on with what is known. A key that is not in it has it fetched again, but not
 * sooner than {@code pocket.tokens.refetch} after the last time: nobody makes us knock more often by inventing names.
 */
final class Jwks implements Keys {

    private static final Logger LOG = Logger.getLogger(Jwks.class.getName());
    private static final int LARGEST = 256 * 1024;
    private static final int MOST_KEYS = 100;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String place;
    private final Settings.Jwks times;
    private final LongSupplier clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Known known;

    /**
     * @param keys what was found at the last time that worked
     * @param at when that was, in nanoseconds
     * @param tried when it was last tried
     */
    private record Known(List<Trusted> keys, long at, long tried) {}

    /**
     * @param place a path, an https address, or an http address on this machine
     * @param clock nanoseconds
     * @throws IllegalArgumentException when it is an address that others could change on its way
     */
    Jwks(String place, Settings.Jwks times, LongSupplier clock) {
        this.place = place;
        this.times = times;
        this.clock = clock;
        if (place.startsWith("http://") && !LOOPBACK.contains(Objects.requireNonNullElse(host(place), ""))) {
            throw new IllegalArgumentException("pocket.tokens.jwks must be a file or an https address");
        }
        long now = clock.getAsLong();
        this.known = new Known(
                List.of(),
                now - times.stale().toNanos() - 1,
                now - times.cache().toNanos() - 1);
    }

    private static @Nullable String host(String address) {
        return URI.create(address).getHost();
    }

    @Override
    public List<Trusted> find(@Nullable String id) {
        refresh(times.cache());
        List<Trusted> found = pick(id);
        if (found.isEmpty() && refresh(times.refetch())) {
            found = pick(id);
        }
        return found;
    }

    /** Those of this name; without one, the only one there is. */
    private List<Trusted> pick(@Nullable String id) {
        Known now = known;
        if (isOlder(now.at, times.stale())) {
            return List.of();
        } else if (id == null) {
            return now.keys.size() == 1 ? now.keys : List.of();
        }
        return now.keys.stream().filter(key -> id.equals(key.id())).toList();
    }

    /** Fetches it if the last time is that long ago. False: it is not. */
    private boolean refresh(Duration age) {
        Known before = known;
        if (!isOlder(before.tried, age)) {
            return false;
        }
        if (before.keys.isEmpty() || age.equals(times.refetch())) {
            fetching.lock(); // there is nothing to go on with
        } else if (!fetching.tryLock()) {
            return false;
        }
        try {
            if (isOlder(known.tried, age)) {
                fetch();
            }
            return true;
        } finally {
            fetching.unlock();
        }
    }

    private boolean isOlder(long then, Duration age) {
        return clock.getAsLong() - then > age.toNanos();
    }

    private void fetch() {
        try {
            List<Trusted> keys = keys(place.matches("https?://.*") ? download() : Files.readString(file()));
            long now = clock.getAsLong();
            known = new Known(keys, now, now);
        } catch (IOException | JoseException | RuntimeException e) {
            Known old = known;
            known = new Known(old.keys, old.at, clock.getAsLong());
            LOG.warning(() -> "The keys at " + place + " cannot be had, "
                    + (old.keys.isEmpty() ? "no token of theirs is taken: " : "those from before serve: ") + e);
        }
    }

    private Path file() throws IOException {
        Path file = Path.of(place);
        if (Files.size(file) > LARGEST) {
            throw new IOException("it is larger than " + LARGEST + " bytes");
        }
        return file;
    }

    private String download() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(place).toURL().openConnection();
        connection.setConnectTimeout((int) times.fetch().toMillis());
        connection.setReadTimeout((int) times.fetch().toMillis());
        connection.setInstanceFollowRedirects(false);
        try (InputStream body = connection.getInputStream()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK || bytes.length > LARGEST) {
                throw new IOException("status " + connection.getResponseCode() + ", " + bytes.length + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    /** Public keys that sign; secrets have no place in what is published. */
    private static List<Trusted> keys(String json) throws JoseException {
        return new JsonWebKeySet(json)
                .getJsonWebKeys().stream()
                        .filter(PublicJsonWebKey.class::isInstance)
                        .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
                        .limit(MOST_KEYS)
                        .flatMap(Jwks::trusted)
                        .toList();
    }

    private static Stream<Trusted> trusted(JsonWebKey key) {
        try {
            Trusted trusted = Trusted.of(key.getKeyId(), ((PublicJsonWebKey) key).getPublicKey());
            boolean ours = key.getAlgorithm() == null || key.getAlgorithm().equals(trusted.algorithm());
            return ours ? Stream.of(trusted) : Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.empty(); // a kind that does not sign here
        }
    }
}
