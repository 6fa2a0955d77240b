/** Edge: the administrator's page and channel, metrics, health. */
@NullMarked
package org.pocketsocket.admin;

import org.jspecify.annotations.NullMarked;
