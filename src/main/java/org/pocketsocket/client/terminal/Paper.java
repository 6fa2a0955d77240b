package org.pocketsocket.client.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Where it is printed: a mark in front of each line, and colours where somebody sees them.
 *
 * @param out gets what came from the server
 * @param err gets all else
 */
record Paper(PrintStream out, PrintStream err, boolean coloured) {

    private static final String CYAN = "\u001b[36m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String GREY = "\u001b[90m";
    private static final String PLAIN = "\u001b[0m";

    static Paper on(PrintStream out, PrintStream err, Optional<Boolean> colour) {
        return new Paper(out, err, colour.orElseGet(Paper::isSeen));
    }

    /** No colours into a pipe, nor for who says that there should be none (no-color.org). */
    @SuppressWarnings("SystemConsoleNull") // what newer JDKs have in its place is asked next
    private static boolean isSeen() {
        Console console = System.console();
        boolean unwanted = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        return console != null && isTerminal(console) && !unwanted;
    }

    /** From JDK 22 on there is a console into a pipe, too, which knows that it is none. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** What somebody sent. */
    void event(String name, String data) {
        print(out, CYAN, "< " + name, data);
    }

    /** What came of an order. */
    void good(String what, String data) {
        print(out, GREEN, "= " + what, data);
    }

    void bad(String line) {
        print(err, RED, "! " + line, "");
    }

    void aside(String line) {
        print(err, GREY, "- " + line, "");
    }

    private void print(PrintStream on, String colour, String head, String data) {
        String rest = data.isEmpty() ? "" : " " + safe(data);
        on.println(coloured ? colour + safe(head) + PLAIN + rest : safe(head) + rest);
        on.flush();
    }

    /** Nobody else writes on our terminal, nor turns its text around. */
    private static String safe(String line) {
        return line.replaceAll("[\\p{Cntrl}\\u0080-\\u009F\\u202A-\\u202E\\u2066-\\u2069]", " ");
    }
}
