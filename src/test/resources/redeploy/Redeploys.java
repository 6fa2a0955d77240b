
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.File;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;

/**
 * A stock Payara Micro that deploys a WAR and takes it away again, as standard input says. It runs in a process of its own, on
 * the server's class path.
 */
public final class Redeploys {

    private static final String NAME = "pocketsocket";

    private Redeploys() {}

    /** @param args the WAR, and the port to listen on */
    public static void main(String[] args) throws Exception {
        String[] arguments = {"--port", args[1], "--nohazelcast", "--disablephonehome"};
        PayaraMicroRuntime server = PayaraMicroLauncher.create(arguments).getRuntime();
        System.out.println("started");
        try (Scanner commands = new Scanner(System.in, "UTF-8")) {
            while (commands.hasNextLine()) {
                System.out.println(handle(commands.nextLine(), server, new File(args[0])));
            }
        }
        server.shutdown();
    }

    private static String handle(String command, PayaraMicroRuntime server, File war) {
        switch (command) {
            case "deploy" -> server.deploy(NAME, "/", war);
            case "undeploy" -> server.undeploy(NAME);
            default -> {
                System.gc();
                return "threads " + names();
            }
        }
        return "done";
    }

    /** Those that came with an application: its class loader is theirs, or they are called like ours. */
    private static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("pocket")
                        || String.valueOf(thread.getContextClassLoader()).contains(NAME))
                .map(Thread::getName)
                .sorted()
                .collect(Collectors.toList());
    }
}
