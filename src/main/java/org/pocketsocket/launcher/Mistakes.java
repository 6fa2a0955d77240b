package org.pocketsocket.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Mistakes in channels, which stop the deployment. Payara tells nobody but its log why an application could not be
 * deployed, so this reads along.
 */
final class Mistakes {

    /** Payara repeats it after two dashes. */
    private static final Pattern SENTENCE = Pattern.compile("Channel bean (?:(?! -- ).)+");

    private static final Set<String> FOUND = Collections.synchronizedSet(new LinkedHashSet<>());

    private Mistakes() {}

    static void note(Throwable logged) {
        StringWriter text = new StringWriter();
        logged.printStackTrace(new PrintWriter(text));
        FOUND.addAll(sentences(text.toString()));
    }

    /** Several come in one exception, as lines of its message. */
    static Set<String> sentences(String text) {
        return SENTENCE.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The sentences noted so far, one a line; another where there are none. */
    static String orElse(String sentence) {
        return FOUND.isEmpty() ? sentence : String.join(System.lineSeparator(), FOUND);
    }
}
