package org.pocketsocket.settings;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/settings.md has every setting of reference.conf, with its default and its environment variable. */
class SettingsPageTest {

    /** {@code | `pocket.echo` | `false` | `POCKET_ECHO` | … |} */
    private static final Pattern ROW =
            Pattern.compile("^\\| `(pocket\\.[a-z.]+)` \\| `([^`]*)` \\| `([A-Z_]+)` \\| \\S.*\\|$", Pattern.MULTILINE);

    @Test
    void every_setting_has_a_row_with_its_default_and_every_row_is_a_setting() throws IOException {
        Config reference = ConfigFactory.parseResources("reference.conf").withOnlyPath("pocket");
        Map<String, String> defaults = new TreeMap<>();
        reference
                .entrySet()
                .forEach(entry -> defaults.put(
                        entry.getKey(), entry.getValue().unwrapped().toString()));
        Map<String, String> rows = new TreeMap<>(
                ROW.matcher(page()).results().collect(toMap(row -> row.group(1), row -> unquoted(row.group(2)))));
        assertThat(rows).isEqualTo(defaults);
    }

    @Test
    void every_row_names_the_environment_variable() throws IOException {
        ROW.matcher(page()).results().forEach(row -> assertThat(row.group(3))
                .isEqualTo(row.group(1).toUpperCase(Locale.ROOT).replace('.', '_')));
    }

    private static String unquoted(String value) {
        return value.equals("\"\"") ? "" : value;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/settings.md"));
    }
}
