/**
 * The WebSocket protocol (RFC 6455) without I/O, for both roles. Nothing in here reads a socket, starts a thread or knows
 * the time: bytes go in, messages come out; messages go in, bytes come out.
 *
 * <ul>
 *   <li>{@link org.pocketsocket.frame.Connection} is the comfortable door: {@code receive} bytes, ask for the
 *       {@code next} event, {@code send} data and write the bytes it returns. Nothing is automatic, not even a pong.
 *   <li>{@link org.pocketsocket.frame.FrameReader} and {@link org.pocketsocket.frame.Frames} are the fast one, for a server
 *       that reads and writes much; {@code Connection} is built on them.
 *   <li>{@link org.pocketsocket.frame.ClientHandshake} and {@link org.pocketsocket.frame.ServerHandshake} are the opening
 *       handshake as values. They are optional: a connection does not ask how it was opened.
 *   <li>{@link org.pocketsocket.frame.Deflate} is permessage-deflate (RFC 7692), off unless given.
 * </ul>
 *
 * What the peer did wrong is a {@link org.pocketsocket.frame.ProtocolException} with the close code to answer; what the
 * application did wrong is an {@code IllegalArgumentException} or an {@code IllegalStateException}.
 */
@NullMarked
package org.pocketsocket.frame;

import org.jspecify.annotations.NullMarked;
