package io.gtrace.meter.nvml;

/** NVML refused a question; the message says which and why. */
public final class NvmlException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;

  NvmlException(String function, int code, String reason) {
    super(function + ": " + reason + " (NVML error " + code + ")");
    this.code = code;
  }

  /** The code of {@code nvmlReturn_t}. */
  int code() {
    return code;
  }
}
