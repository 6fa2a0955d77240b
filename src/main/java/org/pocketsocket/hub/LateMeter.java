package org.pocketsocket.hub;

/** Passes on to a meter that may come later than the hub: it belongs to an edge. */
final class LateMeter implements Meter {

    private volatile Meter to = NONE;

    void attach(Meter meter) {
        to = meter;
    }

    @Override
    public void received(int bytes) {
        to.received(bytes);
    }

    @Override
    public void handled(String command, long nanos) {
        to.handled(command, nanos);
    }

    @Override
    public void sent(int messages, long bytes) {
        to.sent(messages, bytes);
    }

    @Override
    public void delivered(long nanos) {
        to.delivered(nanos);
    }

    @Override
    public void refused(int code) {
        to.refused(code);
    }

    @Override
    public void ended(int code) {
        to.ended(code);
    }

    @Override
    public void answered(long nanos) {
        to.answered(nanos);
    }

    @Override
    public void slow() {
        to.slow();
    }

    @Override
    public void recovered(boolean all) {
        to.recovered(all);
    }
}
