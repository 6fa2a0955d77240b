package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Member;
import org.pocketsocket.Rejection;

/** A channel's application side that notes what it was told. */
class FakeChannel implements ChannelHandler {

    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<Member> left = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<String> later = new CompletableFuture<>();

    @Override
    public @Nullable Object join(Call call) {
        calls.add("join " + call.data());
        return "welcome";
    }

    @Override
    public @Nullable Object event(Call call) {
        calls.add(call.event() + " " + call.data());
        return switch (call.event()) {
            case "tell" -> {
                call.channel().send("told", call.data());
                yield null;
            }
            case "tell-others" -> {
                call.channel().except(call.member()).send("told", call.data());
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
    public void leave(Call call) {
        calls.add("leave");
        left.add(call.member());
    }
}
