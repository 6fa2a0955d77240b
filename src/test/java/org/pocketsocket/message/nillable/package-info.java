/** What JSON-B is told of a whole package. */
@JsonbNillable
package org.pocketsocket.message.nillable;

import jakarta.json.bind.annotation.JsonbNillable;
