package org.pocketsocket.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that nobody is to read: it does not show when it is printed. */
public record Secret(String text) {

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it is this one. Takes as long for a nearly right guess as for a wrong one; an empty secret is nobody's. */
    public boolean is(String guess) {
        return MessageDigest.isEqual(bytes(), guess.getBytes(StandardCharsets.UTF_8)) && !isEmpty();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
