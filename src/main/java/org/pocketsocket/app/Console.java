package org.pocketsocket.app;

import java.io.PrintStream;
import org.pocketsocket.hub.Caller;
import org.pocketsocket.hub.Trace;

/** Prints the traffic, one readable line each: what {@code --verbose} asks for. */
final class Console implements Trace {

    private static final int LONGEST = 1000;

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public void connected(Caller who) {
        out.println("Connected: " + who);
    }

    @Override
    public void disconnected(Caller who) {
        out.println("Disconnected: " + who);
    }

    @Override
    public void received(Caller from, String text) {
        out.println("Receive: " + from + " " + readable(text));
    }

    @Override
    public void sent(Caller to, String text) {
        out.println("Send: " + to + " " + readable(text));
    }

    /** A client's text must neither break the line nor reach the terminal's controls. */
    private static String readable(String text) {
        String cut =
                text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
        return cut.replaceAll("\\p{Cntrl}", "·");
    }
}
