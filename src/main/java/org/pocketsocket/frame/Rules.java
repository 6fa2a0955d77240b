package org.pocketsocket.frame;

/**
 * The rules of one connection. They hold no state, so connections may share them.
 *
 * <pre>{@code
 * Rules.server().withLimits(Limits.ofMessage(65_536)).withOpcode("time", 11).withReserved(Frames.RSV1)
 * }</pre>
 *
 * @param role our end
 * @param limits how much the peer may send
 * @param vocabulary opcodes and reserved bits in use
 * @param whole whether a message in fragments is delivered as one, or each fragment for itself
 */
public record Rules(Role role, Limits limits, Vocabulary vocabulary, boolean whole) {

    public static Rules of(Role role) {
        return new Rules(role, Limits.DEFAULT, Vocabulary.STANDARD, true);
    }

    public static Rules client() {
        return of(Role.CLIENT);
    }

    public static Rules server() {
        return of(Role.SERVER);
    }

    public Rules withLimits(Limits other) {
        return new Rules(role, other, vocabulary, whole);
    }

    /** Names one more opcode: 3-7 for data, 11-15 for control frames. The peer must know it, too. */
    public Rules withOpcode(String name, int opcode) {
        return new Rules(role, limits, vocabulary.withOpcode(name, opcode), whole);
    }

    /** The same, for those who think of the number first. */
    public Rules withOpcode(int opcode, String name) {
        return withOpcode(name, opcode);
    }

    /** Says which reserved bits the application gives a meaning: any of {@code RSV1 | RSV2 | RSV3}. Others are refused. */
    public Rules withReserved(int bits) {
        return new Rules(role, limits, vocabulary.withReserved(bits), whole);
    }

    /** Delivers each fragment of a message as it is completed, instead of the message. */
    public Rules eachFragment() {
        return new Rules(role, limits, vocabulary, false);
    }

    boolean isServer() {
        return role == Role.SERVER;
    }
}
