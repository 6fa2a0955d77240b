package org.pocketsocket.test;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks at a page as axe-core does. Pages that allow no scripts of others need a context that bypasses that. */
public final class Axe {

    private static final String LOOK = """
            async () => (await axe.run()).violations
              .filter(({impact}) => impact === 'serious' || impact === 'critical')
              .flatMap(({id, impact, nodes}) => nodes.map(({target, failureSummary}) =>
                `${impact} ${id}: ${target.join(' ')}: ${failureSummary}`))
            """;

    private static final String SCRIPT = script();

    private Axe() {}

    /** What is serious or critical, in words. */
    @SuppressWarnings("unchecked")
    public static List<String> findings(Page page) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(SCRIPT);
        }
        return (List<String>) page.evaluate(LOOK);
    }

    private static String script() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
