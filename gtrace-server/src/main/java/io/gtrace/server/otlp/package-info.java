/**
 * The OTLP receiver: spans, metrics and logs of generative AI as OpenTelemetry sends them, over
 * HTTP and gRPC.
 */
@NullMarked
package io.gtrace.server.otlp;

import org.jspecify.annotations.NullMarked;
