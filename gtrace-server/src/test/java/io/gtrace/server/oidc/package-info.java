@NullMarked
package io.gtrace.server.oidc;

import org.jspecify.annotations.NullMarked;
