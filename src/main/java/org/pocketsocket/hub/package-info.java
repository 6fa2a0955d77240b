/**
 * The middle of the house: peers, channels, members, delivery. Plain Java: transports come in through {@link
 * org.pocketsocket.hub.Wire}, applications through {@link org.pocketsocket.hub.ChannelHandler}.
 */
@NullMarked
package org.pocketsocket.hub;

import org.jspecify.annotations.NullMarked;
