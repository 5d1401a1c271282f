package io.gtrace.app;

import io.gtrace.ecologits.ValueRange;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 111} or {@code 20..70}. */
final class RangeConverter implements ITypeConverter<ValueRange> {
  @Override
  public ValueRange convert(String text) {
    try {
      return ValueRange.parse(text);
    } catch (IllegalArgumentException notARange) {
      throw new TypeConversionException(String.valueOf(notARange.getMessage()));
    }
  }
}
