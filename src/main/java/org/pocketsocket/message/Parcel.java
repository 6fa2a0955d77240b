package org.pocketsocket.message;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way, encoded once and shared by all who get them. A wire may keep the form that it writes (frames,
 * say) in the parcel, so that this too is made once. Immutable but for that; thread-safe.
 */
public final class Parcel {

    private final List<String> texts;
    private final int bytes;
    private volatile @Nullable Form<?> forms;

    public Parcel(List<String> texts) {
        this.texts = List.copyOf(texts);
        int sum = 0;
        for (String text : this.texts) {
            sum += utf8Length(text);
        }
        this.bytes = sum;
    }

    public static Parcel of(String text) {
        return new Parcel(List.of(text));
    }

    /** The messages, each to be sent as one. */
    public List<String> texts() {
        return texts;
    }

    /** Their size in UTF-8. */
    public int bytes() {
        return bytes;
    }

    /** This parcel in the form that {@code maker} gives it: made at the first call, kept under the maker's identity. */
    @SuppressWarnings("unchecked") // a maker's form has the maker's type
    public <T> T as(Function<Parcel, T> maker) {
        Form<?> known = forms;
        for (Form<?> form = known; form != null; form = form.next) {
            if (form.maker == maker) {
                return (T) form.made;
            }
        }
        T made = maker.apply(this); // two threads may both make it: same bytes, one is dropped
        forms = new Form<>(maker, made, known);
        return made;
    }

    private record Form<T>(
            Function<Parcel, T> maker, T made, @Nullable Form<?> next) {}

    public static int utf8Length(String text) {
        int length = text.length();
        int extra = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // a surrogate pair is two chars and four bytes: one extra byte each
                extra += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length + extra;
    }
}
