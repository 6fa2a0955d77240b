package org.pocketsocket.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Mistakes in channels, which stop the deployment. Payara tells nobody but its log why an application could not be
 * deployed, so this reads along.
 */
final class Mistakes {

    private static final Pattern SENTENCE = Pattern.compile("\\.ChannelMistake: (.+)");
    private static final Set<String> FOUND = Collections.synchronizedSet(new LinkedHashSet<>());

    private Mistakes() {}

    /** Several come in one exception, as lines of its message. */
    static void note(Throwable logged) {
        StringWriter text = new StringWriter();
        logged.printStackTrace(new PrintWriter(text));
        SENTENCE.matcher(text.toString()).results().forEach(found -> FOUND.add(found.group(1)));
    }

    /** The sentences noted so far, one a line; another where there are none. */
    static String orElse(String sentence) {
        return FOUND.isEmpty() ? sentence : String.join(System.lineSeparator(), FOUND);
    }
}
