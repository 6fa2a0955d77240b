package org.pocketsocket.stream;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Parcel;

/**
 * Reaches a connection over whichever {@link Line} it has at the moment. Without one it remembers the names of what was
 * missed; the next line brings that first, as far as it is kept. The lock is held while a line is written to.
 */
final class StreamWire implements Wire {

    /** Every item of a list begins so, see {@link Item}. */
    private static final Pattern BEGINNING =
            Pattern.compile("\\[\\{\"uuid\":\"([0-9a-fA-F-]{36})\",\"type\":\"([a-z_:]+)\"");

    private static final Goodbye REPLACED = new Goodbye(1000, "another one takes its place");

    private final int most;
    private final Function<Collection<String>, List<String>> kept;
    private final Runnable active;
    private final Runnable over;
    private final Set<String> missed = new LinkedHashSet<>(0);
    private @Nullable Line line;

    /** To be told when the line takes more. */
    private @Nullable Runnable ready;

    /** What has to wait until what was missed has left. */
    private @Nullable Parcel behind;

    private boolean catchingUp;
    private @Nullable Goodbye goodbye;

    /**
     * @param most names remembered
     * @param kept finds items by their names, as JSON
     * @param active called when something was sent
     * @param over called when the hub ended the conversation
     */
    StreamWire(int most, Function<Collection<String>, List<String>> kept, Runnable active, Runnable over) {
        this.most = most;
        this.kept = kept;
        this.active = active;
        this.over = over;
    }

    /** From here on this is the line; the one before is ended. */
    void attach(Line other) {
        Line before;
        Runnable stuck;
        synchronized (this) {
            if (goodbye != null) {
                other.end(goodbye);
                return;
            }
            before = line;
            line = other;
            stuck = ready; // the line before will not say any more that it is ready
            ready = null;
            catchUp(other);
        }
        if (before != null) {
            before.end(REPLACED);
        }
        active.run();
        then(stuck);
    }

    private void catchUp(Line to) {
        if (behind != null) {
            miss(behind);
            behind = null;
        }
        List<String> late = missed.isEmpty() ? List.of() : kept.apply(List.copyOf(missed));
        missed.clear();
        catchingUp = !late.isEmpty();
        if (catchingUp) {
            Parcel parcel =
                    new Parcel(late.stream().map(item -> '[' + item + ']').toList());
            catchingUp = !to.write(parcel, false, () -> caughtUp(to));
        }
    }

    private void caughtUp(Line from) {
        Runnable next;
        synchronized (this) {
            if (from != line) {
                return;
            }
            catchingUp = false;
            next = ready;
            if (behind != null && next != null) {
                Parcel parcel = behind;
                behind = null;
                ready = null;
                next = write(parcel, false, next) ? next : null;
            }
        }
        then(next);
    }

    /** This line is no more; false if another has taken its place already. */
    boolean detach(Line gone) {
        Runnable stuck;
        synchronized (this) {
            if (line != gone) {
                return false;
            }
            line = null;
            catchingUp = false;
            if (behind != null) {
                miss(behind);
                behind = null;
            }
            stuck = ready;
            ready = null;
        }
        then(stuck);
        return true;
    }

    /** This line is no more, and did not bring this. */
    void lose(Line gone, Parcel parcel) {
        synchronized (this) {
            miss(parcel);
        }
        detach(gone);
    }

    /** Whether it has a line that wants to hear from us. */
    synchronized boolean wantsHeartbeat() {
        return line != null && line.lasts();
    }

    @Override
    public synchronized boolean write(Parcel parcel, boolean more, Runnable whenReady) {
        Line to = line;
        if (to == null) {
            miss(parcel);
            return true;
        }
        ready = whenReady;
        if (catchingUp) {
            behind = parcel;
            return false;
        }
        boolean taken = to.write(parcel, more, () -> ready(to));
        if (taken) {
            ready = null;
            active.run();
        }
        return taken;
    }

    private void ready(Line from) {
        Runnable next = null;
        synchronized (this) {
            if (from == line) {
                next = ready;
                ready = null;
            }
        }
        active.run();
        then(next);
    }

    private void miss(Parcel parcel) {
        for (String text : parcel.texts()) {
            Matcher matcher = BEGINNING.matcher(text);
            if (matcher.lookingAt()) {
                missed.add(Item.key(matcher.group(2), matcher.group(1)));
            }
        }
        Iterator<String> oldest = missed.iterator();
        for (int excess = missed.size() - most; excess > 0; excess--) {
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public String transport() {
        return "stream";
    }

    /** Without a line there is nobody to ask; see {@link Keeper}. */
    @Override
    public void ping() {
        Line asked;
        synchronized (this) {
            asked = line;
        }
        if (asked != null) {
            asked.ping();
        }
    }

    @Override
    public void close(Goodbye why) {
        Line last;
        synchronized (this) {
            goodbye = goodbye == null ? why : goodbye;
            last = line;
            line = null;
            ready = null;
            behind = null;
        }
        if (last != null) {
            last.end(why);
        }
        over.run();
    }

    private static void then(@Nullable Runnable next) {
        if (next != null) {
            next.run();
        }
    }
}
