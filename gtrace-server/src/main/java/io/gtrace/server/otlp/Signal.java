package io.gtrace.server.otlp;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.FormatRecords;
import io.gtrace.ledger.format.Formats;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;

/** A kind of telemetry. */
enum Signal {
  TRACES("/v1/traces", TraceServiceGrpc.getExportMethod(), "opentelemetry-spans", "rejectedSpans") {
    @Override
    Telemetry reader(FormatRecords records) {
      return new Spans(records);
    }

    @Override
    MessageLite answer(long rejected, String message) {
      if (rejected == 0) {
        return ExportTraceServiceResponse.getDefaultInstance();
      }
      return ExportTraceServiceResponse.newBuilder()
          .setPartialSuccess(
              ExportTracePartialSuccess.newBuilder()
                  .setRejectedSpans(rejected)
                  .setErrorMessage(message))
          .build();
    }
  },
  METRICS(
      "/v1/metrics",
      MetricsServiceGrpc.getExportMethod(),
      "opentelemetry-metrics",
      "rejectedDataPoints") {
    @Override
    Telemetry reader(FormatRecords records) {
      return new Metrics(records);
    }

    @Override
    MessageLite answer(long rejected, String message) {
      if (rejected == 0) {
        return ExportMetricsServiceResponse.getDefaultInstance();
      }
      return ExportMetricsServiceResponse.newBuilder()
          .setPartialSuccess(
              ExportMetricsPartialSuccess.newBuilder()
                  .setRejectedDataPoints(rejected)
                  .setErrorMessage(message))
          .build();
    }
  },
  LOGS("/v1/logs", LogsServiceGrpc.getExportMethod(), "opentelemetry-logs", "rejectedLogRecords") {
    @Override
    Telemetry reader(FormatRecords records) {
      return new Events(records);
    }

    @Override
    MessageLite answer(long rejected, String message) {
      if (rejected == 0) {
        return ExportLogsServiceResponse.getDefaultInstance();
      }
      return ExportLogsServiceResponse.newBuilder()
          .setPartialSuccess(
              ExportLogsPartialSuccess.newBuilder()
                  .setRejectedLogRecords(rejected)
                  .setErrorMessage(message))
          .build();
    }
  };

  private final String path;
  private final String grpcMethod;
  private final String format;
  private final String rejectedField;

  Signal(String path, MethodDescriptor<?, ?> grpcMethod, String format, String rejectedField) {
    this.path = path;
    this.grpcMethod = grpcMethod.getFullMethodName();
    this.format = format;
    this.rejectedField = rejectedField;
  }

  /** Where it is sent to over HTTP. */
  String path() {
    return path;
  }

  /** The full name of the method over gRPC. */
  String grpcMethod() {
    return grpcMethod;
  }

  /** What makes usage of its records. */
  FormatDefinition format() {
    return Formats.shipped().named(format);
  }

  /** What an answer in JSON calls the number of records that are not taken. */
  String rejectedField() {
    return rejectedField;
  }

  /** Reads requests with it. */
  abstract Telemetry reader(FormatRecords records);

  /**
   * The answer, which says nothing if all was taken.
   *
   * @param rejected how many records are not
   * @param message why, for people
   */
  abstract MessageLite answer(long rejected, String message);
}
