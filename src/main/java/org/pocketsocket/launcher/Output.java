package org.pocketsocket.launcher;

import java.io.PrintStream;
import java.nio.charset.Charset;

/** Standard output without the one line that Payara prints there by itself whenever it stops. */
final class Output extends PrintStream {

    private static final String UNASKED = "JdbcRuntimeExtension,";

    Output(PrintStream out) {
        super(out, true, charset());
    }

    @Override
    public void println(String line) {
        if (line == null || !line.startsWith(UNASKED)) {
            super.println(line);
        }
    }

    /** What the JDK writes standard output in; the first name is that of JDK 19 and later. */
    private static Charset charset() {
        String ours = Charset.defaultCharset().name();
        return Charset.forName(System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ours)));
    }
}
