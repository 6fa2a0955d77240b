package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two peers agree on: RFC 7692, 7.1. */
class DeflateTermsTest {

    @ParameterizedTest
    @CsvSource({
        "permessage-deflate, permessage-deflate",
        "permessage-deflate; client_max_window_bits, permessage-deflate",
        "permessage-deflate; client_max_window_bits=8, permessage-deflate",
        "permessage-deflate; client_max_window_bits=\"15\", permessage-deflate",
        "permessage-deflate; server_max_window_bits=15, permessage-deflate; server_max_window_bits=15",
        "permessage-deflate; server_no_context_takeover, permessage-deflate; server_no_context_takeover",
        "permessage-deflate; client_no_context_takeover, permessage-deflate; client_no_context_takeover",
    })
    void aServerAcceptsWhatItCanKeep(String offer, String answer) {
        assertThat(DeflateTerms.TAKEOVER.accept(Extension.parse(offer)))
                .hasValueSatisfying(terms -> assertThat(terms.extension()).hasToString(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "permessage-bzip2",
                "permessage-deflate; server_max_window_bits=14",
                "permessage-deflate; server_max_window_bits=8",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; server_no_context_takeover=true",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; unknown",
            })
    void aServerDeclinesWhatItCannotKeep(String offer) {
        assertThat(DeflateTerms.TAKEOVER.accept(Extension.parse(offer))).isEmpty();
    }

    @Test
    void aServerTakesTheFirstOfSeveralOffersThatItCanKeep() {
        var offers = Extension.parse("permessage-deflate; server_max_window_bits=10, x, "
                + "permessage-deflate; client_no_context_takeover, permessage-deflate");
        assertThat(DeflateTerms.TAKEOVER.accept(offers)).contains(new DeflateTerms(false, true, false));
    }

    @Test
    void aServerMayForgetUnasked() {
        assertThat(DeflateTerms.NO_TAKEOVER.accept(Extension.parse("permessage-deflate")))
                .contains(DeflateTerms.NO_TAKEOVER);
        assertThat(DeflateTerms.NO_TAKEOVER.extension())
                .hasToString("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
    }

    @ParameterizedTest
    @CsvSource({
        "permessage-deflate, false, false",
        "permessage-deflate; server_no_context_takeover, true, false",
        "permessage-deflate; client_no_context_takeover, false, true",
        "permessage-deflate; server_max_window_bits=9, false, false",
    })
    void aClientKeepsToTheServersTerms(String answer, boolean server, boolean client) {
        assertThat(DeflateTerms.TAKEOVER.confirm(Extension.parse(answer)))
                .hasValueSatisfying(
                        terms -> assertThat(terms.serverNoContextTakeover()).isEqualTo(server))
                .hasValueSatisfying(
                        terms -> assertThat(terms.clientNoContextTakeover()).isEqualTo(client));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; client_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; unknown",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
            })
    void aClientRefusesOtherTerms(String answer) {
        assertThatThrownBy(() -> DeflateTerms.TAKEOVER.confirm(Extension.parse(answer)))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("Not what was offered");
    }

    @Test
    void aClientThatWantsTheServerToForgetInsists() {
        assertThatThrownBy(() -> DeflateTerms.NO_TAKEOVER.confirm(Extension.parse("permessage-deflate")))
                .isInstanceOf(HandshakeException.class);
        assertThat(DeflateTerms.NO_TAKEOVER.confirm(Extension.parse("permessage-deflate; server_no_context_takeover")))
                .contains(new DeflateTerms(true, false, false));
    }

    @Test
    void aClientCanDoWithout() {
        assertThat(DeflateTerms.TAKEOVER.confirm(Extension.parse("other"))).isEmpty();
    }
}
