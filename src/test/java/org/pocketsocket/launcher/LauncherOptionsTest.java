package org.pocketsocket.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class LauncherOptionsTest {

    @Test
    @DisplayName("PS-1: the first positional value is the host, the second the port")
    void positional() {
        assertThat(parse("0.0.0.0", "8080").address()).isEqualTo(new Address("0.0.0.0", 8080));
        assertThat(parse("0.0.0.0").address()).isEqualTo(new Address("0.0.0.0", 8001));
    }

    @Test
    @DisplayName("PS-2: 127.0.0.1 and 8001 by default")
    void defaults() {
        LauncherOptions options = parse();

        assertThat(options.address()).isEqualTo(new Address("127.0.0.1", 8001));
        assertThat(options.settings()).isEmpty();
    }

    @Test
    @DisplayName("PS-3: --host and --port, and positional values win over them")
    void options() {
        assertThat(parse("--host=localhost", "--port=9000").address()).isEqualTo(new Address("localhost", 9000));
        assertThat(parse("--host=localhost", "--port=9000", "0.0.0.0").address())
                .isEqualTo(new Address("0.0.0.0", 9000));
        assertThat(parse("0.0.0.0", "8080", "--host=localhost", "--port=9000").address())
                .isEqualTo(new Address("0.0.0.0", 8080));
    }

    @Test
    void channels_may_be_repeated() {
        assertThat(parse("--channels", "a.jar", "--channels=b.jar", "0.0.0.0").channels())
                .containsExactly(Path.of("a.jar"), Path.of("b.jar"));
        assertThat(parse().channels()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("PS-4, PS-9: verbose, formerly spy")
    @ValueSource(strings = {"-v", "--verbose", "-s", "--spy"})
    void verbose(String flag) {
        assertThat(parse(flag).settings()).isEqualTo(Map.of("pocket.verbose", "true"));
    }

    @ParameterizedTest
    @DisplayName("PS-5: echo")
    @ValueSource(strings = {"-e", "--echo"})
    void echo(String flag) {
        assertThat(parse(flag).settings()).isEqualTo(Map.of("pocket.echo", "true"));
    }

    @ParameterizedTest
    @DisplayName("PS-6: short flags combine")
    @ValueSource(strings = {"-ev", "-ve", "-es"})
    void combined(String flags) {
        LauncherOptions options = parse(flags, "0.0.0.0", "8001");

        assertThat(options.settings()).isEqualTo(Map.of("pocket.echo", "true", "pocket.verbose", "true"));
        assertThat(options.address()).isEqualTo(new Address("0.0.0.0", 8001));
    }

    @Test
    void originsMayBeRepeatedAndListed() {
        assertThat(parse("--allow-origin=http://a", "--allow-origin", "http://b,https://c:8443")
                        .settings())
                .isEqualTo(Map.of("pocket.origins", "http://a,http://b,https://c:8443"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "http", "80.5"})
    void badPorts(String port) {
        assertThatThrownBy(() -> parse("--port=" + port).address())
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(port);
        assertThatThrownBy(() -> parse("127.0.0.1", port).address()).isInstanceOf(ParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "-x"})
    void unknownOptions(String option) {
        assertThatThrownBy(() -> parse(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(option);
    }

    @Test
    void moreThanHostAndPort() {
        assertThatThrownBy(() -> parse("127.0.0.1", "8001", "more")).isInstanceOf(ParameterException.class);
    }

    @Test
    void anEmptyHost() {
        assertThatThrownBy(() -> parse("").address()).isInstanceOf(ParameterException.class);
    }

    @Test
    void bracketsOfAnIpv6HostAreNotPartOfIt() {
        assertThat(parse("[::1]").address()).isEqualTo(new Address("::1", 8001));
    }

    private static LauncherOptions parse(String... arguments) {
        LauncherOptions options = new LauncherOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
