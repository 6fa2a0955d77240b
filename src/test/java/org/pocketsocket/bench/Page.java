package org.pocketsocket.bench;

import java.util.Locale;

/** Markdown in the making. */
final class Page {

    private final StringBuilder text = new StringBuilder();

    Page text(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
        return this;
    }

    Page title(String title) {
        text.append("\n## ").append(title).append("\n\n");
        return this;
    }

    /** Begins one; all columns but the first hold numbers. */
    Page table(String... columns) {
        row(columns);
        text.append("|---|").append("---:|".repeat(columns.length - 1)).append('\n');
        return this;
    }

    Page row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    static String number(int digits, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
