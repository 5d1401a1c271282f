package io.gtrace.factor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The number format in which weights are stored and, where the hardware can, multiplied. */
public enum Precision {
  FP32(32),
  BF16(16),
  FP16(16),
  FP8(8),
  INT8(8),
  /** 4-bit values with one shared 8-bit scale for each block of 32 (OCP Microscaling 1.0, 2023). */
  MXFP4(4.25),
  /** 4-bit values with one shared 8-bit scale for each block of 16. */
  NVFP4(4.5),
  /** 4-bit integers with a 16-bit scale for each group of 64, as GPTQ and AWQ keep them. */
  INT4(4.25);

  private static final Map<String, Precision> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(Precision::label, each -> each));

  private static final Map<String, Precision> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("float32", FP32),
          Map.entry("float", FP32),
          Map.entry("bfloat16", BF16),
          Map.entry("float16", FP16),
          Map.entry("half", FP16),
          Map.entry("float8", FP8),
          Map.entry("e4m3", FP8),
          Map.entry("8bit", INT8),
          Map.entry("w8a8", INT8),
          Map.entry("fp4", MXFP4),
          Map.entry("4bit", INT4),
          Map.entry("awq", INT4),
          Map.entry("gptq", INT4),
          Map.entry("w4a16", INT4));

  private final double bitsPerParameter;

  Precision(double bitsPerParameter) {
    this.bitsPerParameter = bitsPerParameter;
  }

  /** Bits of one stored parameter, scales included. */
  public double bitsPerParameter() {
    return bitsPerParameter;
  }

  boolean isIn16Bits() {
    return bitsPerParameter == 16;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of that name in any case, as model hubs and servers write it. */
  public static Optional<Precision> parse(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_LABEL.getOrDefault(wanted, OTHER_NAMES.get(wanted)));
  }

  /** The names of all formats, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(Precision::label).collect(Collectors.joining(", "));
  }
}
