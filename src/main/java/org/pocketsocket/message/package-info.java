/**
 * What travels: messages as values, the contract of the codecs that write them on the wire, and the pocket codec.
 * Payloads stay JSON text until somebody asks for a type.
 */
@NullMarked
package org.pocketsocket.message;

import org.jspecify.annotations.NullMarked;
