package io.gtrace.bench.docs;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constants that stand in the code because they are not uncertain; read from its sources. */
final class FixedConstants {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9_]+(\\.[0-9]+)?([eE]-?[0-9]+)?[dL]?");

  private static final List<Fixed> ALL =
      List.of(
          new Fixed(
              "fixed",
              "estimate.TokenLaw",
              "H100_FLOP_PER_S",
              "R_H: dense 16-bit rate of an H100 SXM, beyond which the laws grow by a power of the rate",
              "FLOP/s"),
          new Fixed(
              "fixed",
              "estimate.TokenLaw",
              "OPERATIONS_PER_PARAMETER",
              "operations of a token and parameter: one multiplication, one addition",
              "FLOP"),
          new Fixed(
              "fixed",
              "estimate.TokenLaw",
              "OPERATIONS_PER_PAIR_AND_WIDTH",
              "operations of a pair of tokens, a layer and a unit of its width: scores and values, two each",
              "FLOP"),
          new Fixed(
              "fixed",
              "estimate.TokenLaw",
              "REFERENCE_PARAMETERS",
              "active parameters at which operations of a pair are stated where width is not published",
              "1"),
          new Fixed(
              "fixed",
              "estimate.ModelSize",
              "REFERENCE_BILLIONS",
              "size at which the number of layers is stated where it is not published",
              "10^9"),
          new Fixed(
              "fixed",
              "estimate.ModelSize",
              "LAYERS_EXPONENT",
              "growth of unpublished layers with size",
              "1"),
          new Fixed(
              "fixed",
              "estimate.ModelSize",
              "CACHE_EXPONENT",
              "growth of the unpublished cache of a token with active parameters",
              "1"),
          new Fixed(
              "fixed",
              "estimate.PixelLaw",
              "BLOCK_PARAMETERS_PER_WIDTH_SQUARED",
              "parameters of a denoiser's block in squares of its width: attention 4, its view of the prompt 2, feed-forward 8",
              "1"),
          new Fixed(
              "fixed",
              "estimate.PixelLaw",
              "BYTES_PER_NUMBER",
              "bytes of a number between operations, 16 bits",
              "byte"),
          new Fixed(
              "fixed",
              "estimate.PixelLaw",
              "U_NET_PIXELS_PER_TOKEN",
              "pixels for which a U-Net does as many operations as a transformer of its size for a token: Stable Diffusion 1.5 and SDXL, published profiles",
              "pixel"),
          new Fixed(
              "fixed",
              "estimate.PixelLaw",
              "OVERLAP",
              "how sharply the longer of computing and launching hides the other",
              "1"),
          new Fixed(
              "fixed",
              "estimate.LawResidual",
              "TOLERANCE",
              "factor beyond the fitted sizes up to which a model is not called extrapolated",
              "1"),
          new Fixed(
              "fixed",
              "factor.StatedSize",
              "SLACK",
              "a size stated in an unknown model's name holds within this factor either way",
              "1"),
          new Fixed(
              "fixed",
              "activity.Training",
              "FLOP_PER_TOKEN_AND_PARAMETER",
              "training operations of a token and active parameter: forward 2, backward 4 (Kaplan et al. 2020, table 1)",
              "FLOP"),
          new Fixed(
              "fixed",
              "activity.Training",
              "USUAL_UTILISATION",
              "utilisation of a training where none is given",
              "1"),
          new Fixed(
              "fixed", "estimate.ServerOverhead", "SECONDS_PER_YEAR", "seconds of a year", "s"),
          new Fixed("fixed", "uncertainty.Draws", "STANDARD_COUNT", "K: joint draws", "1"),
          new Fixed(
              "fixed",
              "uncertainty.Scatter",
              "Z95",
              "z: half of a 90 % interval of the standard normal distribution",
              "1"),
          new Fixed("fixed", "uncertainty.Shape", "HALF_OF_H", "half of Tukey's h", "1"),
          new Fixed(
              "fixed-fit",
              "bench:RobustFit",
              "FREEDOM",
              "ν: degrees of freedom of Student's t",
              "1"),
          new Fixed(
              "fixed-fit",
              "bench:RobustFit",
              "LOG_SD",
              "s₀: scale of the errors of log energy",
              "1"),
          new Fixed(
              "fixed-fit",
              "bench:RobustFit",
              "ROW_WEIGHT",
              "w₀: weight of a row, below 1 because rows of one model err together",
              "1"),
          new Fixed(
              "fixed-fit",
              "bench:Misfits",
              "LEAST",
              "least scatter of the conditions of one model",
              "1"),
          new Fixed(
              "fixed-fit",
              "bench:Misfits",
              "ROWS_OF_COMMON_SCATTER",
              "n₀: rows that the common scatter counts as",
              "1"),
          new Fixed(
              "fixed-fit",
              "bench:FactorFiles",
              "MOST_LOG_SD_OF_NORMAL",
              "largest log standard deviation of a constant that is drawn from a normal distribution; above it from a lognormal one",
              "1"),
          new Fixed(
              "fixed-ecologits", "ecologits.EcoLogits", "BATCH", "B: requests of a batch", "1"),
          new Fixed(
              "fixed-ecologits", "ecologits.EcoLogits", "ALPHA_WH", "α", "Wh per 10^9 parameters"),
          new Fixed("fixed-ecologits", "ecologits.EcoLogits", "BETA", "β", "1"),
          new Fixed("fixed-ecologits", "ecologits.EcoLogits", "GAMMA_WH", "γ", "Wh"),
          new Fixed(
              "fixed-ecologits",
              "ecologits.EcoLogits",
              "S_PER_ACTIVE_B",
              "λ₁",
              "s per 10^9 parameters"),
          new Fixed("fixed-ecologits", "ecologits.EcoLogits", "S_PER_BATCHED", "λ₂", "s"),
          new Fixed("fixed-ecologits", "ecologits.EcoLogits", "S_FIXED", "λ₃", "s"),
          new Fixed(
              "fixed-ecologits",
              "ecologits.EcoLogits",
              "BITS_PER_PARAMETER",
              "bits of a stored parameter",
              "bit"),
          new Fixed(
              "fixed-ecologits",
              "ecologits.EcoLogits",
              "MEMORY_OVERHEAD",
              "memory over that of the parameters",
              "1"),
          new Fixed(
              "fixed-ecologits", "ecologits.EcoLogits", "GPU_MEMORY_GB", "memory of a GPU", "GB"),
          new Fixed(
              "fixed-ecologits", "ecologits.EcoLogits", "GPUS_PER_SERVER", "GPUs of a server", "1"),
          new Fixed(
              "fixed-ecologits",
              "ecologits.EcoLogits",
              "SERVER_WITHOUT_GPUS_KW",
              "power of a server without its GPUs",
              "kW"),
          new Fixed(
              "fixed-ecologits", "ecologits.EcoLogits", "LIFETIME_S", "life of the hardware", "s"));

  private final Map<String, String> tables = new LinkedHashMap<>();

  private FixedConstants() {}

  /**
   * @param region of the document whose table shows it
   * @param type that declares it, below {@code io.gtrace} or, after {@code bench:}, among the fits
   * @param name in the code
   */
  private record Fixed(String region, String type, String name, String meaning, String unit) {
    String file() {
      return type.startsWith("bench:")
          ? "gtrace-bench/src/main/java/io/gtrace/bench/fit/" + type.substring(6) + ".java"
          : "gtrace-core/src/main/java/io/gtrace/" + type.replace('.', '/') + ".java";
    }

    String simpleType() {
      return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf(':')) + 1);
    }
  }

  /**
   * @throws IllegalStateException if the code has no such constant any more
   */
  static FixedConstants of(Path root) throws IOException {
    Map<String, MarkdownTable> tables = new LinkedHashMap<>();
    for (Fixed fixed : ALL) {
      String source = Files.readString(root.resolve(fixed.file()));
      tables
          .computeIfAbsent(
              fixed.region(), region -> new MarkdownTable("constant", "meaning", "value:", "unit"))
          .row(
              "`" + fixed.simpleType() + "." + fixed.name() + "`",
              fixed.meaning(),
              value(fixed, source),
              fixed.unit());
    }
    FixedConstants constants = new FixedConstants();
    tables.forEach((region, table) -> constants.tables.put(region, table.toString()));
    return constants;
  }

  void addTo(Map<String, String> regions) {
    regions.putAll(tables);
  }

  private static String value(Fixed fixed, String source) {
    Matcher matcher =
        Pattern.compile("(?:double|int|long) " + fixed.name() + " =\\s*([^;]+);").matcher(source);
    if (!matcher.find()) {
      throw new IllegalStateException(fixed.file() + " has no constant " + fixed.name());
    }
    List<String> factors = new ArrayList<>();
    for (String factor : matcher.group(1).strip().split("\\s*\\*\\s*", -1)) {
      if (!NUMBER.matcher(factor).matches()) {
        throw new IllegalStateException(
            fixed.file() + ": " + fixed.name() + " is not a product of numbers: " + factor);
      }
      factors.add(Numeral.exactly(new BigDecimal(factor.replaceAll("[_dL]", ""))));
    }
    return String.join(" × ", factors);
  }
}
