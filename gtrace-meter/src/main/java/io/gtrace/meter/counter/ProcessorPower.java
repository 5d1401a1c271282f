package io.gtrace.meter.counter;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much the processors of a machine draw by how busy they are, where no counter tells: a line
 * from idle to full load. By the thermal design power where the processor is known ({@code
 * processors.csv}), else by its number of logical processors. The constants are those of {@code
 * processor_power.csv}.
 *
 * @param idle of all together when nothing runs
 * @param full of all together when all are busy
 * @param basis how it is known, for people
 */
public record ProcessorPower(Power idle, Power full, String basis) {
  private static final String TABLE = "processors.csv";

  /** The tier of rows whose source is no page that can be looked at. */
  private static final String UNCHECKED = "default";

  private static final String CONSTANTS = "processor_power.csv";

  /** The line of a machine. */
  public static ProcessorPower of(Processor processor) {
    String name = Processor.normal(processor.name());
    String known = column(TABLE, "processor", "thermal_design_power_w").get(name);
    Map<String, String> constants = column(CONSTANTS, "constant", "value");
    if (known != null) {
      double thermalDesignPowerW = Double.parseDouble(known);
      boolean unchecked = UNCHECKED.equals(column(TABLE, "processor", "tier").get(name));
      double all = thermalDesignPowerW * processor.packages();
      return new ProcessorPower(
          new Power(all * constant(constants, "idle-share-of-design-power")),
          new Power(all * constant(constants, "full-share-of-design-power")),
          String.format(
              Locale.ROOT,
              "thermal design power of %d × %s, %.0f W each%s",
              processor.packages(),
              processor.name(),
              thermalDesignPowerW,
              unchecked ? ", which no published page was found to confirm" : ""));
    }
    int logical = processor.logicalProcessors();
    return new ProcessorPower(
        new Power(logical * constant(constants, "idle-w-per-logical-processor")),
        new Power(logical * constant(constants, "full-w-per-logical-processor")),
        String.format(
            Locale.ROOT,
            "%d logical processors of an unknown kind%s",
            logical,
            processor.name().isEmpty() ? "" : " (" + processor.name() + ")"));
  }

  /** Power that memory takes, W for each gigabyte (10^9 bytes) of it. */
  static double memoryWattsPerGigabyte() {
    return constant(column(CONSTANTS, "constant", "value"), "memory-w-per-gb");
  }

  private static double constant(Map<String, String> constants, String name) {
    String value = constants.get(name);
    if (value == null) {
      throw new IllegalStateException(CONSTANTS + " has no " + name);
    }
    return Double.parseDouble(value);
  }

  private static Map<String, String> column(String file, String key, String value) {
    Map<String, String> column = new HashMap<>();
    try (InputStream in = ProcessorPower.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8);
      for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text)) {
        column.put(row.getField(key), row.getField(value));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
    return column;
  }

  /** The power at a share of full load. */
  Power at(double busyShare) {
    return new Power(idle.watts() + (full.watts() - idle.watts()) * busyShare);
  }
}
