package org.pocketsocket.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8001/",
        "localhost, http://localhost:8001/",
        "0.0.0.0,   http://127.0.0.1:8001/",
        "::,        http://[::1]:8001/",
        "::1,       http://[::1]:8001/",
    })
    void isReachedFromThisMachine(String host, String url) {
        assertThat(new Address(host, 8001).url("/")).isEqualTo(url);
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Address address = new Address("127.0.0.1", other.getLocalPort());

            assertThatThrownBy(address::requireFree)
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("Cannot listen on %s: the port is already in use.", address);
        }
    }

    @Test
    void saysThatTheHostIsElsewhere() {
        // TEST-NET-1, RFC 5737: nobody has it
        assertThatThrownBy(() -> new Address("192.0.2.1", 8001).requireFree())
                .isInstanceOf(CannotStart.class)
                .hasMessage("Cannot listen on 192.0.2.1:8001: the host is not an address of this machine.");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        assertThatThrownBy(() -> new Address("no.such.host.invalid", 8001).requireFree())
                .isInstanceOf(CannotStart.class)
                .hasMessage("Cannot listen on no.such.host.invalid:8001: the host is not known.");
    }
}
