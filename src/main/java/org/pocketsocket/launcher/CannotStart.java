package org.pocketsocket.launcher;

import picocli.CommandLine.ExitCode;

/** Why the server cannot run, as a sentence for whoever typed the command. */
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = ExitCode.SOFTWARE;
    }

    CannotStart(String sentence) {
        this(sentence, ExitCode.SOFTWARE);
    }

    private CannotStart(String sentence, int status) {
        super(sentence);
        this.status = status;
    }

    /** It is the command that is wrong. */
    static CannotStart asTyped(String sentence) {
        return new CannotStart(sentence, ExitCode.USAGE);
    }

    int status() {
        return status;
    }
}
