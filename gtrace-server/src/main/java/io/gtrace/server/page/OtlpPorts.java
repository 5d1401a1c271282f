package io.gtrace.server.page;

/**
 * On which ports telemetry is received.
 *
 * @param http over HTTP
 * @param grpc over gRPC
 */
public record OtlpPorts(int http, int grpc) {}
