package org.pocketsocket.bench;

import java.util.Locale;

/**
 * What is to be reached, and what was.
 *
 * @param what is compared
 * @param value that was measured; NaN when it was not
 * @param bound and its stretch, which is NaN when there is none
 */
record Goal(String what, double value, Bound bound) {

    /** @param more whether more is better */
    record Bound(double target, double stretch, boolean more, String unit) {

        static Bound atMost(double target, double stretch, String unit) {
            return new Bound(target, stretch, false, unit);
        }

        static Bound atLeast(double target, double stretch, String unit) {
            return new Bound(target, stretch, true, unit);
        }

        private boolean holds(double value, double limit) {
            return more ? value >= limit : value <= limit;
        }

        private String write(double limit) {
            return Double.isNaN(limit) ? "" : (more ? "≥ " : "≤ ") + number(limit) + unit;
        }

        private static String number(double value) {
            String text = String.format(Locale.ROOT, "%.2f", value);
            return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
        }
    }

    /** What, measured, goal, stretch, verdict. */
    String[] cells() {
        String measured = Double.isNaN(value) ? "–" : Bound.number(value) + bound.unit();
        return new String[] {what, measured, bound.write(bound.target()), bound.write(bound.stretch()), verdict()};
    }

    private String verdict() {
        if (Double.isNaN(value)) {
            return "not measured";
        } else if (bound.holds(value, bound.stretch())) {
            return "met, stretch too";
        }
        return bound.holds(value, bound.target()) ? "met" : "**not met**";
    }
}
