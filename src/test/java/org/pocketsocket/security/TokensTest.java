package org.pocketsocket.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.security.TestKeys.EC;
import static org.pocketsocket.security.TestKeys.ED;
import static org.pocketsocket.security.TestKeys.RSA;
import static org.pocketsocket.security.TestKeys.SECRET;
import static org.pocketsocket.security.TestKeys.raw;
import static org.pocketsocket.security.TestKeys.settings;
import static org.pocketsocket.security.TestKeys.signed;

import java.nio.file.Path;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocketsocket.Identity;
import org.pocketsocket.Rejection;
import org.pocketsocket.settings.Settings;

/** Who signed it, for whom, for how long: whatever is wrong with one of these is a 4401. */
class TokensTest {

    private static final Instant NOW = Instant.parse("2026-05-07T12:00:00Z");
    private static final Key SHARED = new HmacKey(SECRET.getBytes(UTF_8));

    @TempDir
    private Path directory;

    private Instant now = NOW;
    private final Revocations revoked = new Revocations(3, Duration.ofHours(1), () -> now);

    private Authenticator tokens(Settings.Tokens settings) {
        return Tokens.of(settings, revoked, () -> now, System::nanoTime);
    }

    private Authenticator shared(Object... more) {
        List<Object> all = new ArrayList<>(List.of("secret", SECRET));
        all.addAll(List.of(more));
        return tokens(settings(all.toArray()));
    }

    private static JwtClaims ada() {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("ada");
        claims.setJwtId("t1");
        claims.setIssuedAt(date(NOW));
        claims.setExpirationTime(date(NOW.plusSeconds(3600)));
        return claims;
    }

    private static JwtClaims ada(Consumer<JwtClaims> change) {
        JwtClaims claims = ada();
        change.accept(claims);
        return claims;
    }

    private static NumericDate date(Instant at) {
        return NumericDate.fromSeconds(at.getEpochSecond());
    }

    private static String hs(JwtClaims claims) {
        return signed(SHARED, "HS256", null, claims);
    }

    private static Rejection refused(Authenticator tokens, String token) {
        Rejection no = catchThrowableOfType(Rejection.class, () -> tokens.authenticate(token));
        assertThat(no).as("taken: %s", token.length() > 500 ? "" : token).isNotNull();
        assertThat(no.code()).isEqualTo(4401);
        return no;
    }

    @Test
    void a_token_says_who_it_is_which_roles_and_how_long() {
        Token token = shared().authenticate(hs(ada(it -> it.setStringListClaim("roles", "moderator", "author"))));
        assertThat(token.identity()).isEqualTo(Identity.of("ada", "moderator", "author"));
        assertThat(token.id()).isEqualTo("t1");
        assertThat(token.left()).isEqualTo(Duration.ofHours(1));
        assertThat(token.scope().allows("anything")).isTrue();
    }

    @Test
    void RSA_EC_and_Ed25519_keys_come_from_PEM_files() {
        Map<String, java.security.KeyPair> pairs = Map.of("RS256", RSA, "ES256", EC, "EdDSA", ED);
        pairs.forEach((algorithm, pair) -> {
            Authenticator tokens = tokens(
                    settings("key", TestKeys.pem(directory, pair.getPublic()).toString()));
            assertThat(tokens.authenticate(signed(pair.getPrivate(), algorithm, "any", ada()))
                            .identity()
                            .name())
                    .isEqualTo("ada");
            assertThat(refused(tokens, hs(ada())).error()).isEqualTo("token_invalid");
        });
    }

    @Test
    void several_sources_may_sign() {
        Authenticator tokens =
                shared("key", TestKeys.pem(directory, EC.getPublic()).toString());
        assertThat(tokens.authenticate(hs(ada())).identity().name()).isEqualTo("ada");
        assertThat(tokens.authenticate(signed(EC.getPrivate(), "ES256", null, ada()))
                        .identity()
                        .name())
                .isEqualTo("ada");
    }

    @ParameterizedTest(name = "{0} seconds after it expired: {1}")
    @CsvSource({"-1,true", "0,true", "29,true", "30,false", "31,false", "999999,false"})
    void expiry_has_a_leeway(long seconds, boolean good) {
        String token = hs(ada());
        now = NOW.plusSeconds(3600 + seconds);
        if (good) {
            assertThat(shared().authenticate(token).left()).isEqualTo(Duration.ofSeconds(-seconds));
        } else {
            assertThat(refused(shared(), token).error()).isEqualTo("token_expired");
        }
    }

    @Test
    void a_token_without_an_end_is_refused() {
        JwtClaims claims = ada();
        claims.unsetClaim("exp");
        assertThat(refused(shared(), hs(claims)).reason()).contains("when it expires");
    }

    @Test
    void a_token_is_not_valid_before_its_time() {
        String token = hs(ada(it -> it.setNotBefore(date(NOW.plusSeconds(60)))));
        assertThat(refused(shared(), token).reason()).contains("not valid yet");
        now = NOW.plusSeconds(30);
        assertThat(shared().authenticate(token).identity().name()).isEqualTo("ada");
    }

    @Test
    void the_issuer_must_be_ours_when_one_is_set() {
        Authenticator tokens = shared("issuer", "https://id.example.org");
        assertThat(tokens.authenticate(hs(ada(it -> it.setIssuer("https://id.example.org"))))
                        .id())
                .isEqualTo("t1");
        assertThat(refused(tokens, hs(ada(it -> it.setIssuer("https://id.example.com"))))
                        .reason())
                .contains("issuer");
        assertThat(refused(tokens, hs(ada())).reason()).contains("issuer");
    }

    @Test
    void the_audience_must_be_us_and_nobody_in_particular_when_we_have_no_name() {
        Authenticator tokens = shared("audience", "chat");
        assertThat(tokens.authenticate(hs(ada(it -> it.setAudience("mail", "chat"))))
                        .id())
                .isEqualTo("t1");
        assertThat(refused(tokens, hs(ada(it -> it.setAudience("mail")))).reason())
                .contains("audience");
        assertThat(refused(tokens, hs(ada())).reason()).contains("audience");
        assertThat(refused(shared(), hs(ada(it -> it.setAudience("mail")))).reason())
                .contains("audience");
    }

    @Test
    @DisplayName("algorithm confusion: a public key is no secret, and none is no algorithm")
    void the_algorithm_follows_from_the_key() throws Exception {
        PublicKey key = RSA.getPublic();
        Path file = TestKeys.pem(directory, key);
        Authenticator tokens = tokens(settings("key", file.toString()));
        String claims = ada().toJson();
        for (byte[] secret : List.of(key.getEncoded(), java.nio.file.Files.readAllBytes(file))) {
            String head = raw("{\"alg\":\"HS256\"}", claims, new byte[0]).replaceFirst("\\.$", "");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] signature = mac.doFinal(head.getBytes(UTF_8));
            refused(tokens, raw("{\"alg\":\"HS256\"}", claims, signature));
        }
        for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
            refused(tokens, raw("{\"alg\":\"" + none + "\"}", claims, new byte[0]));
            refused(tokens, raw("{\"alg\":\"" + none + "\"}", claims, new byte[] {1}));
            refused(shared(), raw("{\"alg\":\"" + none + "\"}", claims, new byte[] {1}));
        }
        refused(tokens, raw("{}", claims, new byte[] {1}));
        refused(tokens, signed(RSA.getPrivate(), "RS512", null, ada()));
        refused(tokens, signed(RSA.getPrivate(), "PS256", null, ada()));
        refused(shared(), signed(new HmacKey((SECRET + SECRET).getBytes(UTF_8)), "HS256", null, ada()));
        refused(shared(), signed(new HmacKey((SECRET + SECRET).getBytes(UTF_8)), "HS512", null, ada()));
    }

    @Test
    void keys_in_a_tokens_header_are_not_looked_at() {
        String jwk = TestKeys.jwk(ED.getPublic(), "own");
        String header =
                "{\"alg\":\"EdDSA\",\"jwk\":" + jwk + ",\"jku\":\"http://127.0.0.1:1/\",\"kid\":\"../../etc/passwd\"}";
        String unsigned = raw(header, ada().toJson(), new byte[0]);
        byte[] signature = sign(unsigned.substring(0, unsigned.length() - 1));
        refused(shared(), raw(header, ada().toJson(), signature));
        String critical = "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}";
        refused(shared(), raw(critical, ada().toJson(), new byte[32]));
    }

    private static byte[] sign(String text) {
        try {
            java.security.Signature signature = java.security.Signature.getInstance("Ed25519");
            signature.initSign(ED.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return signature.sign();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b",
                "a.b.c",
                "a.b.c.d.e",
                "ä.ö.ü",
                "null",
                "{}",
                "Bearer x",
                "eyJ.eyJ.eyJ"
            })
    void garbage_is_refused(String garbage) {
        refused(shared(), garbage);
    }

    @Test
    void a_token_that_is_cut_anywhere_is_refused() {
        String token = hs(ada());
        for (int end = 0; end < token.length(); end++) {
            refused(shared(), token.substring(0, end));
        }
        refused(shared(), token + "A");
    }

    @Test
    void a_huge_token_is_refused_before_it_is_read() {
        assertThat(refused(shared(), "a".repeat(10_000_000)).reason()).contains("8192");
        assertThat(refused(shared("size", 100), hs(ada())).reason()).contains("100");
        refused(shared(), raw("{\"alg\":\"HS256\",\"x\":" + "[".repeat(5000) + "}", "{}", new byte[32]));
    }

    /** Bytes of a good token changed at random, and random texts of its alphabet: a 4401, never anything else. */
    @Test
    void nothing_that_is_changed_is_taken_and_nothing_else_is_thrown() {
        Authenticator tokens =
                shared("key", TestKeys.pem(directory, EC.getPublic()).toString());
        String good = hs(ada());
        String alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_..";
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? good : "x".repeat(random.nextInt(200)));
            for (int n = 0; n <= random.nextInt(4) + (i % 2) * text.length() && text.length() > 0; n++) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (!isSame(good, text.toString())) {
                refused(tokens, text.toString());
            }
        }
    }

    /** The last digit of base64 may have bits that mean nothing. */
    private static boolean isSame(String good, String text) {
        return text.length() == good.length() && text.startsWith(good.substring(0, good.length() - 1));
    }

    @Test
    void claims_that_are_signed_but_nonsense_are_refused_too() {
        for (String claims : List.of(
                "[]",
                "1",
                "\"x\"",
                "null",
                "{\"exp\":\"soon\"}",
                "{\"exp\":{}}",
                "{\"exp\":-1}",
                "{\"exp\":9999999999,\"sub\":{}}",
                "{\"exp\":9999999999,\"sub\":1}",
                "{\"exp\":9999999999,\"aud\":1}",
                "{\"exp\":9999999999,\"aud\":[1]}",
                "{\"exp\":9999999999,\"iat\":[]}",
                "{\"exp\":9999999999,\"jti\":7}",
                "{\"exp\":9999999999,\"nbf\":99999999999999999999}")) {
            refused(shared(), hsRaw(claims));
        }
    }

    @Test
    void an_end_that_is_far_away_is_ten_years_away() {
        assertThat(shared().authenticate(hsRaw("{\"exp\":9223372036854775807}")).left())
                .isEqualTo(Duration.ofDays(3650));
    }

    private static String hsRaw(String claims) {
        String head = raw("{\"alg\":\"HS256\"}", claims, new byte[0]).replaceFirst("\\.$", "");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return raw("{\"alg\":\"HS256\"}", claims, mac.doFinal(head.getBytes(UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void roles_come_from_the_claim_that_the_settings_name() {
        JwtClaims nested = ada(it -> it.setClaim("realm_access", Map.of("roles", List.of("a", 7, "b"))));
        assertThat(shared("roles", "realm_access.roles")
                        .authenticate(hs(nested))
                        .identity()
                        .roles())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(shared("roles", "scope")
                        .authenticate(hs(ada(it -> it.setClaim("scope", "read  write"))))
                        .identity()
                        .roles())
                .containsExactlyInAnyOrder("read", "write");
        assertThat(shared("roles", "https://x.example/roles")
                        .authenticate(hs(ada(it -> it.setClaim("https://x.example/roles", List.of("c")))))
                        .identity()
                        .roles())
                .containsExactly("c");
        assertThat(shared().authenticate(hs(ada(it -> it.setClaim("roles", 7))))
                        .identity()
                        .roles())
                .isEmpty();
    }

    @Test
    void the_administrators_role_is_not_for_tokens_of_others() {
        String token = hs(ada(it -> it.setStringListClaim("roles", AdminPass.ROLE, "moderator")));
        assertThat(shared().authenticate(token).identity().roles()).containsExactly("moderator");
    }

    @ParameterizedTest
    @CsvSource({
        "chat,chat,true",
        "chat,chats,false",
        "chat,cha,false",
        "chat,'',false",
        "game/*,game/7,true",
        "game/*,game,false",
        "game/*,game/7/8,true",
        "*,anything,true",
        "*,'',true",
        "a*c*e,abcde,true",
        "a*c*e,abcdef,false",
        "*end,the end,true",
        "**,x,true",
        "'',chat,false",
        "*a*a*a*a*b,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,false",
    })
    void a_claim_of_channels_has_patterns(String pattern, String channel, boolean allowed) {
        Token token = shared().authenticate(hs(ada(it -> it.setStringListClaim("channels", "nobody", pattern))));
        assertThat(token.scope().allows(channel)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "7", "\"\"", "null", "[1,2]"})
    void a_claim_of_channels_that_names_none_allows_none(String value) {
        Token token = shared().authenticate(hsRaw("{\"exp\":9999999999,\"channels\":" + value + "}"));
        assertThat(token.scope().allows("chat")).isFalse();
    }

    @Test
    void a_revoked_token_is_refused_and_others_of_its_user_are_not() {
        revoked.token("t1");
        assertThat(refused(shared(), hs(ada())).reason()).contains("revoked");
        assertThat(shared().authenticate(hs(ada(it -> it.setJwtId("t2")))).id()).isEqualTo("t2");
        now = NOW.plusSeconds(3601);
        assertThat(shared().authenticate(hs(ada(it -> it.setExpirationTime(date(now.plusSeconds(9))))))
                        .id())
                .as("a revocation ends, too")
                .isEqualTo("t1");
    }

    @Test
    void a_revoked_user_needs_a_token_that_is_younger() {
        now = NOW.plusSeconds(10);
        revoked.user("ada");
        refused(shared(), hs(ada()));
        refused(shared(), hs(ada(it -> it.unsetClaim("iat"))));
        assertThat(shared().authenticate(hs(ada(it -> it.setIssuedAt(date(NOW.plusSeconds(11))))))
                        .id())
                .isEqualTo("t1");
        assertThat(shared().authenticate(hs(ada(it -> it.setSubject("bob")))).id())
                .isEqualTo("t1");
    }

    @Test
    void revocations_are_bounded_and_none_makes_way_for_another() {
        revoked.user("a");
        revoked.user("b");
        revoked.token("c");
        revoked.user("a");
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> revoked.user("d")))
                .hasMessageContaining("pocket.tokens.revoked");
        now = NOW.plusSeconds(3601);
        revoked.user("d");
        assertThat(revoked.has("", "d", NOW)).isTrue();
        assertThat(revoked.has("c", "", NOW)).isFalse();
    }

    @Test
    void without_keys_no_token_is_taken() {
        assertThat(refused(tokens(settings()), hs(ada())).reason()).contains("takes no tokens");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("required", true))
                .withMessageContaining("pocket.tokens.required");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("secret", "short"))
                .withMessageContaining("pocket.tokens.secret")
                .withMessageNotContaining("short");
    }

    @Test
    void a_PEM_file_that_is_none_is_named() {
        for (Path file : List.of(
                directory.resolve("absent.pem"),
                TestKeys.pem(directory, "PUBLIC KEY", new byte[] {1, 2, 3}),
                TestKeys.pem(directory, "PRIVATE KEY", RSA.getPrivate().getEncoded()),
                TestKeys.pem(directory, "RSA PUBLIC KEY", new byte[] {1}))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tokens(settings("key", file.toString())))
                    .withMessageContaining(file.toString());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trusted.of(
                        null,
                        TestKeys.pair("EC", new java.security.spec.ECGenParameterSpec("secp384r1"))
                                .getPublic()));
    }

    @Test
    void what_the_mint_makes_is_taken() {
        Settings.Tokens settings = settings("secret", SECRET, "issuer", "me", "audience", "chat");
        String token = Mint.withSecret(settings)
                .token(Map.of("sub", "ada", "roles", List.of("moderator")), NOW, Duration.ofMinutes(5));
        assertThat(tokens(settings).authenticate(token).identity()).isEqualTo(Identity.of("ada", "moderator"));
        for (java.security.KeyPair pair : List.of(RSA, EC, ED)) {
            Path key = TestKeys.pem(directory, "PRIVATE KEY", pair.getPrivate().getEncoded());
            String signed = Mint.withKey(settings(), key).token(Map.of("sub", "bob"), NOW, Duration.ofMinutes(5));
            Authenticator tokens = tokens(
                    settings("key", TestKeys.pem(directory, pair.getPublic()).toString()));
            assertThat(tokens.authenticate(signed).identity().name()).isEqualTo("bob");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Mint.withSecret(settings()));
    }

    @Test
    void the_administrators_pass_is_for_one_channel_and_ends_with_the_session() {
        AdminPass pass =
                new AdminPass(new org.pocketsocket.settings.Secret("correct horse"), revoked, () -> now, shared());
        Token token = pass.authenticate(pass.issue("s1", NOW.plusSeconds(60)));
        assertThat(token.identity().roles()).containsExactly(AdminPass.ROLE);
        assertThat(token.scope().allows(AdminPass.CHANNEL)).isTrue();
        assertThat(token.scope().allows("chat")).isFalse();
        assertThat(token.left()).isEqualTo(Duration.ofSeconds(60));
        assertThat(pass.authenticate(hs(ada())).identity().name()).isEqualTo("ada");
        String old = pass.issue("s2", NOW.plusSeconds(9999));
        refused(pass, old + "x");
        refused(pass, "pocket-admin.s2.99999999999." + old.substring(old.lastIndexOf('.') + 1));
        now = NOW.plusSeconds(301);
        refused(pass, old);
        revoked.token("s3");
        refused(pass, pass.issue("s3", NOW.plusSeconds(9999)));
    }

    @Test
    void nothing_of_a_token_or_a_secret_is_logged() {
        List<String> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage() + " " + record.getThrown() + " "
                        + java.util.Arrays.toString(record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(java.util.logging.Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            shared().authenticate(hs(ada()));
            refused(shared(), hs(ada()) + "A");
            refused(shared(), hsRaw("{\"exp\":\"soon-4711\"}"));
            refused(shared(), signed(RSA.getPrivate(), "RS256", null, ada()));
        } finally {
            root.removeHandler(handler);
        }
        assertThat(logged)
                .noneMatch(line -> line.contains(SECRET) || line.contains("eyJ") || line.contains("soon-4711"));
        assertThat(settings("secret", SECRET).toString()).doesNotContain(SECRET);
        assertThat(InstantSource.system()).isNotNull();
    }
}
