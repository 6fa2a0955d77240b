package org.pocketsocket.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Steps to be done one after the other, saying which of how many, and how long it will take still. */
final class Progress {

    private final PrintStream out;
    private final List<Step> steps = new ArrayList<>();

    /** A step returns what it found, in a few words. */
    interface Work {
        String run() throws Exception;
    }

    private record Step(String name, double seconds, Work work) {}

    Progress(PrintStream out) {
        this.out = out;
    }

    /** @param seconds that it will take, about */
    void add(String name, double seconds, Work work) {
        steps.add(new Step(name, seconds, work));
    }

    /** Does them all, also behind one that failed; returns how many failed. */
    int run() {
        int failed = 0;
        double left = steps.stream().mapToDouble(Step::seconds).sum();
        double pace = 1;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            out.printf(Locale.ROOT, "[%2d/%d] %4.0f s left  %-52s ", i + 1, steps.size(), left * pace, step.name());
            out.flush();
            long start = System.nanoTime();
            failed += isDone(step) ? 0 : 1;
            double took = (System.nanoTime() - start) / 1e9;
            pace = 0.9 * pace + 0.1 * took / step.seconds();
            left -= step.seconds();
        }
        return failed;
    }

    private boolean isDone(Step step) {
        try {
            out.println(step.work().run());
            return true;
        } catch (Exception e) {
            out.println("FAILED: " + e);
            return false;
        }
    }
}
