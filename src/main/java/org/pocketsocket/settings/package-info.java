/** Configuration: read once, then one immutable record. The settings and their defaults are in {@code reference.conf}. */
@NullMarked
package org.pocketsocket.settings;

import org.jspecify.annotations.NullMarked;
