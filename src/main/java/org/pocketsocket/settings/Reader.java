package org.pocketsocket.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Reads single settings by their full path, so that what is said about a bad one names it. */
record Reader(Config all) {

    boolean flag(String name) {
        return all.getBoolean(path(name));
    }

    String text(String name) {
        return all.getString(path(name));
    }

    List<String> list(String name) {
        return Arrays.stream(text(name).split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    String oneOf(String name, String... values) {
        String value = text(name);
        check(name, Arrays.asList(values).contains(value), "must be one of " + String.join(", ", values));
        return value;
    }

    /** Empty, or long enough; what is said about a short one does not have it in it. */
    Secret secret(String name, int least) {
        Secret secret = new Secret(text(name));
        check(name, secret.isEmpty() || secret.bytes().length >= least, "must have at least " + least + " bytes");
        return secret;
    }

    int number(String name, int least, int most) {
        int value = all.getInt(path(name));
        check(name, value >= least && value <= most, "must be a number from " + least + " to " + most);
        return value;
    }

    int bytes(String name) {
        return (int) Math.min(Integer.MAX_VALUE, manyBytes(name));
    }

    long manyBytes(String name) {
        long value = all.getBytes(path(name));
        check(name, value > 0, "must be a size of at least one byte");
        return value;
    }

    Duration time(String name) {
        Duration value = all.getDuration(path(name));
        check(name, value.toMillis() > 0, "must be a time of at least one millisecond");
        return value;
    }

    void check(String name, boolean good, String sentence) {
        if (!good) {
            throw new ConfigException.BadValue(all.getValue(path(name)).origin(), path(name), sentence);
        }
    }

    private static String path(String name) {
        return "pocket." + name;
    }
}
