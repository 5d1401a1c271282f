/**
 * Tokens of an OpenID Connect issuer: whom an organisation signs in elsewhere is known here too.
 */
@NullMarked
package io.gtrace.server.oidc;

import org.jspecify.annotations.NullMarked;
