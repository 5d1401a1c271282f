package io.gtrace.server.otlp;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gtrace.server.http.Problem;

/** Problems as gRPC names them. */
final class RpcStatus {
  private RpcStatus() {}

  static Status of(Problem problem) {
    return Status.newBuilder()
        .setCode(code(problem).getNumber())
        .setMessage(problem.detail())
        .build();
  }

  /** The code that stands for an HTTP status, as google.rpc.Code says. */
  static Code code(Problem problem) {
    return switch (problem.status().code()) {
      case 401 -> Code.UNAUTHENTICATED;
      case 403 -> Code.PERMISSION_DENIED;
      case 404, 405 -> Code.UNIMPLEMENTED;
      case 413, 429 -> Code.RESOURCE_EXHAUSTED;
      case 408 -> Code.DEADLINE_EXCEEDED;
      case 502, 503, 504 -> Code.UNAVAILABLE;
      default -> problem.status().code() >= 500 ? Code.INTERNAL : Code.INVALID_ARGUMENT;
    };
  }
}
