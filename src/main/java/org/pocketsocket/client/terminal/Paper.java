package org.pocketsocket.client.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** Where it is printed: a mark in front of each line, and colours where somebody sees them. */
record Paper(PrintStream out, boolean coloured) {

    private static final String CYAN = "\u001b[36m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String GREY = "\u001b[90m";
    private static final String PLAIN = "\u001b[0m";

    static Paper on(PrintStream out, Optional<Boolean> colour) {
        return new Paper(out, colour.orElseGet(Paper::isSeen));
    }

    /** No colours into a pipe, nor for who says that there should be none (no-color.org). */
    @SuppressWarnings("SystemConsoleNull") // what newer JDKs have in its place is asked next
    private static boolean isSeen() {
        Console console = System.console();
        return console != null && isTerminal(console) && System.getenv("NO_COLOR") == null;
    }

    /** From JDK 22 on there is a console into a pipe, too, which knows that it is none. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    void event(String line) {
        print(CYAN, "< ", line);
    }

    void good(String line) {
        print(GREEN, "= ", line);
    }

    void bad(String line) {
        print(RED, "! ", line);
    }

    void aside(String line) {
        print(GREY, "- ", line);
    }

    private void print(String colour, String mark, String line) {
        String safe = line.replaceAll("\\p{Cntrl}", " "); // nobody else writes on our terminal
        out.println(coloured ? colour + mark + safe + PLAIN : mark + safe);
        out.flush();
    }
}
