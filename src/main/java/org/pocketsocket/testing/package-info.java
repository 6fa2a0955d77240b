/**
 * Tests an application's channels in milliseconds, without a server: a hub and clients in memory. The channels are plain
 * objects here; interceptors and injection are the container's.
 */
@NullMarked
package org.pocketsocket.testing;

import org.jspecify.annotations.NullMarked;
