/** What all answers over HTTP have in common: bodies with bounds, JSON, and faults in one form. */
@NullMarked
package io.gtrace.server.http;

import org.jspecify.annotations.NullMarked;
