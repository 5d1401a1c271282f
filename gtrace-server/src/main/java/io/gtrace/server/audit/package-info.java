/** Who did what: a file of lines for each organisation. */
@NullMarked
package io.gtrace.server.audit;

import org.jspecify.annotations.NullMarked;
