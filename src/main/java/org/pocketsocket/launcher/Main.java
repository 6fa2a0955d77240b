package org.pocketsocket.launcher;

import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/** {@code java -jar pocketsocket.jar}. */
public final class Main {

    private static final String DEMO = "/demo/chat.html";

    /** Told to end, by SIGTERM or Ctrl-C: whatever fails from here on is no news. */
    private static volatile boolean ending;

    private Main() {}

    /** Returns once the server answers; the server's own threads keep the process alive. */
    public static void main(String[] args) {
        LauncherOptions options = new LauncherOptions();
        CommandLine line = new CommandLine(options);
        line.getCommandSpec().version(version());
        line.addSubcommand(new TokenCommand());
        line.addSubcommand(new CommandLine(new ClientCommand()).setUnmatchedOptionsArePositionalParams(true));
        line.setExecutionStrategy(
                parsed -> parsed.hasSubcommand() ? new CommandLine.RunLast().execute(parsed) : run(parsed, options));
        line.setExecutionExceptionHandler((failure, at, parsed) -> {
            if (failure instanceof CannotStart no) {
                return failed(no);
            }
            throw failure;
        });
        int status = line.execute(args);
        if (status != ExitCode.OK) {
            System.exit(status);
        }
    }

    private static int run(ParseResult parsed, LauncherOptions options) {
        Optional<Integer> help = Optional.ofNullable(CommandLine.executeHelpRequest(parsed));
        return help.orElseGet(() -> serve(options));
    }

    private static int serve(LauncherOptions options) {
        Address address = options.address();
        System.getProperties().putAll(options.settings());
        PrintStream out = System.out;
        System.setOut(new Output(out));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "ending"));
        try {
            Application application = new Application(options.channels());
            Progress.during(out, "Starting on " + address + " ...", () -> Server.start(address, application));
        } catch (CannotStart e) {
            return failed(e);
        }
        if (!ending) {
            out.println("Ready " + address.host() + " " + address.port());
            out.println(address.url(DEMO));
            Heap.giveBackWhenIdle();
        }
        return ExitCode.OK;
    }

    private static int failed(CannotStart e) {
        if (ending) {
            return ExitCode.OK;
        }
        System.err.println(e.getMessage());
        return e.status();
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
