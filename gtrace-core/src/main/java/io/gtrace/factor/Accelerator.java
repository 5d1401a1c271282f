package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Hardware that models run on: a data-centre accelerator, a home GPU, a laptop or a phone.
 *
 * @param id canonical name
 * @param kind what class of device it is
 * @param thermalDesignPowerW power under sustained full load, W; of the package for laptops and
 *     phones
 * @param idlePowerW power when idle but awake, W, where known
 * @param memoryGb memory that can hold weights, GB
 * @param memoryBandwidthGbPerS GB/s
 * @param bf16Tflops dense 16-bit rate, 10^12 FLOP/s
 * @param fp8Tflops dense 8-bit rate, where it has one
 * @param fp4Tflops dense 4-bit rate, where it has one
 * @param embodiedKg making of the accelerator; of the whole device for laptops, desktops, phones
 * @param embodiedTier how well {@code embodiedKg} is known
 * @param likeness for an unknown device its energy over that of the known one that stands in for
 *     it; empty for a catalogue row
 */
public record Accelerator(
    String id,
    String name,
    String vendor,
    Kind kind,
    double thermalDesignPowerW,
    OptionalDouble idlePowerW,
    double memoryGb,
    double memoryBandwidthGbPerS,
    double bf16Tflops,
    OptionalDouble fp8Tflops,
    OptionalDouble fp4Tflops,
    double embodiedKg,
    Tier embodiedTier,
    List<String> aliases,
    Provenance provenance,
    Optional<Factor> likeness) {

  public Accelerator {
    aliases = List.copyOf(aliases);
  }

  /** This device standing in for an unknown one. */
  Accelerator standingInFor(String unknown, Factor unlike) {
    return new Accelerator(
        unknown,
        unknown,
        "unknown",
        kind,
        thermalDesignPowerW,
        idlePowerW,
        memoryGb,
        memoryBandwidthGbPerS,
        bf16Tflops,
        fp8Tflops,
        fp4Tflops,
        embodiedKg,
        Tier.DEFAULT,
        List.of(),
        unlike.provenance(),
        Optional.of(unlike));
  }

  /** Classes of devices. */
  public enum Kind {
    DATACENTRE,
    WORKSTATION,
    HOME_GPU,
    DESKTOP,
    LAPTOP,
    PHONE,
    EDGE;

    /** Where nothing else is said, what works in a data centre. */
    public static final Set<Kind> IN_DATA_CENTRES = Set.of(DATACENTRE);

    /** What people run models on where they live and work. */
    public static final Set<Kind> OF_PEOPLE =
        Set.of(WORKSTATION, HOME_GPU, DESKTOP, LAPTOP, PHONE, EDGE);

    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the accelerator is the whole computer, host included. */
    public boolean isWholeDevice() {
      return this == DESKTOP || this == LAPTOP || this == PHONE || this == EDGE;
    }
  }
}
