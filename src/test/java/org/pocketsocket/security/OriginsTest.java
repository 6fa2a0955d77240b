package org.pocketsocket.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private static final Logger LOG = Logger.getLogger(Origins.class.getName());

    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
            logged.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(log);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(log);
        LOG.setUseParentHandlers(true);
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.org, example.org",
        "https://example.org, example.org",
        "http://example.org:8001, example.org:8001",
        "HTTPS://Example.ORG, eXample.org",
        "http://[2001:db8::1]:8001, [2001:db8::1]:8001",
        "https://example.org, example.org:443",
        "http://example.org, example.org:80"
    })
    void a_page_that_we_served_may_connect(String origin, String host) {
        assertThat(origins().allows(origin, host, false)).isTrue();
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.org:8002, example.org:8001",
        "http://example.org, example.org:8001",
        "http://example.org:8001, example.org",
        "https://evil.com, example.org",
        "http://example.org.evil.com, example.org",
        "http://evil-example.org, example.org",
        "http://sub.example.org, example.org",
        "ftp://example.org, example.org",
        "http://example.org/, example.org",
        "https://example.org, example.org:80",
        "http://example.org, example.org:443",
        "example.org, example.org",
        "http://example.org,"
    })
    void a_page_from_elsewhere_may_not(String origin, String host) {
        assertThat(origins().allows(origin, host, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:3000", "https://127.0.0.1:8443", "http://[::1]:5173"})
    void a_page_on_this_machine_may_connect_while_only_this_machine_can_reach_us(String origin) {
        assertThat(origins().allows(origin, "127.0.0.1:8001", true)).isTrue();
        assertThat(origins().allows(origin, "192.168.1.7:8001", false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.evil.com",
                "http://127.0.0.1.evil.com",
                "http://evil.com",
                "http://localhost@evil.com",
                "http://evil.com#localhost",
                "http://evil.com?localhost",
                "http://192.168.1.7",
                "null",
                "",
                "localhost",
                "%",
                "http://[::1"
            })
    void no_other_page_may_even_then(String origin) {
        assertThat(origins().allows(origin, "127.0.0.1:8001", true)).isFalse();
    }

    @Test
    void a_listed_page_may_connect_in_whatever_case_it_is_written() {
        Origins origins = origins("https://Example.org", "http://other.org:8080");
        assertThat(origins.allows("https://example.org", "us.org", false)).isTrue();
        assertThat(origins.allows("HTTPS://EXAMPLE.ORG", null, false)).isTrue();
        assertThat(origins.allows("http://other.org:8080", "us.org", false)).isTrue();
        assertThat(origins.allows("http://example.org", "us.org", false)).isFalse();
        assertThat(origins.allows("https://example.org:444", "us.org", false)).isFalse();
        assertThat(origins.allows("http://other.org", "us.org", false)).isFalse();
        assertThat(origins.allows("https://example.org.evil.com", "us.org", false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example.org", "https://a.b.example.org", "https://xn--a-1.example.org"})
    void a_star_stands_for_subdomains(String origin) {
        assertThat(origins("https://*.example.org").allows(origin, "us.org", false))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "https://.example.org",
                "https://evilexample.org",
                "https://evil.com/.example.org",
                "https://evil.com:80.example.org",
                "https://evil.com#.example.org",
                "https://evil.com?.example.org",
                "https://evil.com@a.example.org",
                "https://evil.com\\.example.org",
                "https://evil.com\n.example.org",
                "https://evil.com%2f.example.org",
                "https://a.example.org.evil.com",
                "https://a.example.org:444",
                "http://a.example.org",
                "https://a.example.org/",
                "null",
                ""
            })
    void a_star_stands_for_nothing_else(String origin) {
        assertThat(origins("https://*.example.org").allows(origin, "us.org", false))
                .isFalse();
    }

    @Test
    void a_star_may_stand_for_the_port() {
        assertThat(origins("http://localhost:*").allows("http://localhost:5173", "us.org", false))
                .isTrue();
        assertThat(origins("http://localhost:*").allows("http://localhost", "us.org", false))
                .isFalse();
    }

    @Test
    void a_star_without_a_scheme_opens_nothing() {
        assertThat(origins("*.example.org").allows("https://a.example.org", "us.org", false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.com", "null", "", "nonsense"})
    void a_star_alone_lets_every_page_in(String origin) {
        assertThat(origins("https://example.org", "*").allows(origin, null, false))
                .isTrue();
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "nonsense", "http://", "https:///", "\u0000", "http://a b"})
    void nonsense_is_refused(String origin) {
        assertThat(origins().allows(origin, "example.org", true)).isFalse();
        assertThat(origins().allows(origin, null, false)).isFalse();
    }

    @Test
    void who_sends_no_origin_is_no_page_and_may_connect() {
        assertThat(origins().allows(null, "example.org", false)).isTrue();
        assertThat(origins().allows(null, null, false)).isTrue();
    }

    @Test
    void a_refused_origin_is_logged_once_with_the_way_to_let_it_in() {
        Origins origins = origins();
        origins.allows("https://Evil.com", "example.org", false);
        origins.allows("https://evil.com", "example.org", false);
        origins.allows("https://other.com", "example.org", false);
        assertThat(logged).hasSize(2).allSatisfy(line -> assertThat(line).contains("--allow-origin", "pocket.origins"));
        assertThat(logged.get(0)).contains("https://evil.com");
        assertThat(logged.get(1)).contains("https://other.com");
    }

    @Test
    void nobody_writes_into_the_log_through_an_origin() {
        origins().allows("https://evil\r\nSEVERE: all is lost\u001b[2J\u0085\u2028" + "x".repeat(5_000), null, false);
        assertThat(logged).singleElement().satisfies(line -> {
            assertThat(line).matches("[\\x20-\\x7e]+").contains("https://evil??severe: all is lost?[2j??x");
            assertThat(line.length()).isLessThan(400);
        });
    }

    @Test
    void a_scan_with_ever_new_origins_fills_neither_log_nor_memory() {
        Origins origins = origins();
        for (int i = 0; i < 1_000; i++) {
            assertThat(origins.allows("https://evil" + i + ".com", "example.org", false))
                    .isFalse();
        }
        assertThat(logged).hasSize(100);
    }

    private static Origins origins(String... listed) {
        return new Origins(List.of(listed));
    }
}
