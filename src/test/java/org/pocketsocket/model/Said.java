package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.pocketsocket.Rejection;

/** Says what a peer was told in place of an acknowledgement. */
final class Said {

    private Said() {}

    static void no(int code, String error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Rejection.class, no -> org.assertj.core.api.Assertions.assertThat(no.code() + " " + no.error())
                                .as(no.reason())
                                .isEqualTo(code + " " + error));
    }
}
