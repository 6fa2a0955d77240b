package org.pocketsocket.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code java -jar pocketsocket.jar token}: prints a token, for trying. */
@Command(
        name = "token",
        description = {
            "Makes a token for trying, and prints it.",
            "It is signed with the secret that POCKET_TOKENS_SECRET has, or with the private key that --key names;"
                    + " pocket.tokens.issuer and pocket.tokens.audience go into it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TokenCommand implements Callable<Integer> {

    @Option(names = "--user", required = true, paramLabel = "name", description = "Whom it is about: its \"sub\".")
    private String user = "";

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "role",
            description = "What that user may be; may be repeated.")
    private List<String> roles = List.of();

    @Option(
            names = "--channels",
            split = ",",
            paramLabel = "pattern",
            description = "The only channels it is good for, such as game/*; may be repeated. All without this.")
    private List<String> channels = List.of();

    @Option(
            names = "--ttl",
            paramLabel = "time",
            defaultValue = "1h",
            converter = Time.class,
            description = "How long it is good: 90s, 15m, 1h, 7d; default ${DEFAULT-VALUE}.")
    private Duration ttl = Duration.ofHours(1);

    @Option(names = "--key", paramLabel = "file", description = "A private key in PEM (PKCS 8): RSA, EC or Ed25519.")
    private @Nullable Path key;

    @Override
    public Integer call() {
        System.out.println(Library.token(claims(), ttl, key == null ? "" : key.toString()));
        return ExitCode.OK;
    }

    Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", user);
        if (!roles.isEmpty()) {
            claims.put("roles", roles);
        }
        if (!channels.isEmpty()) {
            claims.put("channels", channels);
        }
        return claims;
    }

    Duration ttl() {
        return ttl;
    }

    /** A number and a unit. */
    static final class Time implements ITypeConverter<Duration> {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([smhd])");

        @Override
        public Duration convert(String text) {
            Matcher time = TEXT.matcher(text);
            if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
                throw new TypeConversionException("'" + text + "' is no time such as 90s, 15m, 1h or 7d");
            }
            String iso = time.group(2).equals("d") ? "P" + text : "PT" + text;
            return Duration.parse(iso.toUpperCase(Locale.ROOT));
        }
    }
}
