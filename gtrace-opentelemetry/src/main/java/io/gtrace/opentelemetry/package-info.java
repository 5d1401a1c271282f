/** Energy and carbon as attributes of the GenAI spans that an application exports anyway. */
@NullMarked
package io.gtrace.opentelemetry;

import org.jspecify.annotations.NullMarked;
