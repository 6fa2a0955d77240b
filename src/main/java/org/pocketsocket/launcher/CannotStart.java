package org.pocketsocket.launcher;

/** Why the server cannot run, as a sentence for whoever typed the command. */
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    CannotStart(String sentence) {
        super(sentence);
    }
}
