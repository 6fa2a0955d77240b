package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Member;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;

/** A channel's application side that notes what it was told. */
class FakeChannel implements ChannelHandler {

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<Member> left = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<String> later = new CompletableFuture<>();

    @Override
    public @Nullable Object join(Call call) {
        calls.add("join " + call.envelope().data());
        return "welcome";
    }

    @Override
    public @Nullable Object event(Call call) {
        calls.add(call.envelope().event() + " " + call.envelope().data());
        return switch (call.envelope().event()) {
            case "tell" -> {
                call.channel().send("told", call.envelope().data());
                yield null;
            }
            case "tell-others" -> {
                call.channel()
                        .except(call.member())
                        .send("told", call.envelope().data());
                yield null;
            }
            case "add" -> 42;
            case "later" -> later;
            case "fail" -> throw new IllegalStateException("secret detail");
            case "refuse" -> throw new Rejection(4403, "method_access_denied", "not you");
            case "go" -> {
                call.member().leave();
                yield null;
            }
            default -> null;
        };
    }

    @Override
    public void leave(Call call, Reason reason) {
        calls.add("leave " + reason);
        left.add(call.member());
    }
}
