/** What was sent, kept for those who were away: the contract of a store, and the one in memory. */
@NullMarked
package org.pocketsocket.history;

import org.jspecify.annotations.NullMarked;
