package io.gtrace.factor;

import io.gtrace.factor.Accelerator.Kind;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import io.gtrace.uncertainty.Scatter;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/**
 * A stand-in for a device that the catalogue does not know: the middle one of the class that its
 * name tells, or else of those used at such a place. Its energy is uncertain by as much as the
 * devices of that class differ.
 */
final class DeviceFallback {
  /** Words of a name that tell the class of a device, the more telling ones first. */
  private static final Map<Kind, Pattern> TELLING_WORDS = tellingWords();

  private final List<Accelerator> devices;

  DeviceFallback(List<Accelerator> devices) {
    this.devices = devices;
  }

  /**
   * @param usual the classes that it may be of if its name does not tell
   */
  Accelerator standIn(String name, Set<Kind> usual) {
    Optional<Kind> told = kindTold(name);
    Set<Kind> kinds = told.map(Set::of).orElse(usual);
    List<Accelerator> like =
        devices.stream()
            .filter(device -> kinds.contains(device.kind()))
            .sorted(Comparator.comparingDouble(DeviceFallback::joulesPerTeraflop))
            .toList();
    Accelerator middle = like.get(like.size() / 2);
    String note =
        String.format(
            Locale.ROOT,
            "unknown device '%s': taken to be like %s, the middle one of %d %s",
            name,
            middle.name(),
            like.size(),
            told.map(kind -> "of the class " + kind.label()).orElse("used at such a place"));
    Provenance provenance =
        new Provenance(Tier.DEFAULT, note, middle.provenance().year(), "own estimate");
    Factor likeness =
        new Factor(
            "device:" + name,
            "energy of '" + name + "' over that of " + middle.name(),
            "",
            Scatter.lognormal(1, logSd(like)),
            provenance,
            List.of(note));
    return middle.standingInFor(name, likeness);
  }

  private static Optional<Kind> kindTold(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return TELLING_WORDS.entrySet().stream()
        .filter(telling -> telling.getValue().matcher(lower).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<Kind, Pattern> tellingWords() {
    Map<Kind, Pattern> words = new LinkedHashMap<>();
    words.put(
        Kind.PHONE, words("i?phone|galaxy|pixel|snapdragon|dimensity|exynos|kirin|tensor|mobile"));
    words.put(
        Kind.LAPTOP,
        words("laptop|notebook|macbook|thinkpad|chromebook|core ultra|ryzen ai|(?:apple )?m\\d"));
    words.put(Kind.DESKTOP, words("desktop|imac|mac (?:mini|studio|pro)"));
    words.put(Kind.EDGE, words("jetson|raspberry|edge"));
    words.put(Kind.WORKSTATION, words("workstation|quadro|rtx a\\d+|rtx pro"));
    words.put(Kind.HOME_GPU, words("rtx|gtx|geforce|radeon|rx|arc|gaming"));
    words.put(
        Kind.DATACENTRE,
        words("[ahbgpvl]b?\\d{2,3}|mi\\d{2,3}|tpu|trainium|inferentia|gaudi|tesla|instinct"));
    return Collections.unmodifiableMap(words);
  }

  /** Words as they stand in names, whatever parts them. */
  private static Pattern words(String alternatives) {
    return Pattern.compile(
        "(?<![a-z0-9])(?:" + alternatives.replace(" ", "[^a-z0-9]*") + ")(?![a-z])");
  }

  /** The largest of the spreads of power, and of power per rate of computing and of reading. */
  private static double logSd(List<Accelerator> devices) {
    return Math.max(
        logSd(devices, Accelerator::thermalDesignPowerW),
        Math.max(
            logSd(devices, DeviceFallback::joulesPerTeraflop),
            logSd(
                devices, device -> device.thermalDesignPowerW() / device.memoryBandwidthGbPerS())));
  }

  private static double logSd(List<Accelerator> devices, ToDoubleFunction<Accelerator> quantity) {
    return StandardDeviation.of(devices.stream().mapToDouble(quantity).map(Math::log).toArray())
        .getAsDouble();
  }

  private static double joulesPerTeraflop(Accelerator device) {
    return device.thermalDesignPowerW() / device.bf16Tflops();
  }
}
