package org.pocketsocket.channel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;

/** Members and channels that only have names. */
final class Nobody {

    private Nobody() {}

    static Member member(String name) {
        return (Member) proxy(Member.class, name);
    }

    static ChannelRef channel(String name) {
        return (ChannelRef) proxy(ChannelRef.class, name);
    }

    private static Object proxy(Class<?> type, String name) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "id", "name", "toString" -> name;
            case "hashCode" -> name.hashCode();
            case "equals" -> proxy == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
