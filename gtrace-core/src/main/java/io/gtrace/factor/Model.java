package io.gtrace.factor;

import io.gtrace.activity.GenerationDefaults;
import io.gtrace.activity.Modality;
import io.gtrace.trace.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A generative model.
 *
 * @param id canonical name
 * @param provider who made it
 * @param name name for people
 * @param family models that share a lineage; the first fallback of an unknown one
 * @param modality what it mainly puts out
 * @param architecture how it is built
 * @param openWeights whether anyone can run it, so that it may run on an edge device
 * @param totalParametersB parameters to be stored, in 10^9
 * @param activeParametersB parameters that act on one token or step, in 10^9
 * @param precision number format it is usually served in; empty where who serves it does not say
 * @param transformer its layers, cache and experts, where they are published
 * @param denoiser its denoiser, where it is a diffusion model and this is published
 * @param defaults sizes it generates when its caller names none
 * @param outputTokensPerS published speed of one stream, tokens/s
 * @param aliases other names in logs
 * @param provenance source of the sizes
 * @param notes fallbacks that led to this entry; empty for a catalogue row
 */
public record Model(
    String id,
    String provider,
    String name,
    String family,
    Modality modality,
    Architecture architecture,
    boolean openWeights,
    Range totalParametersB,
    Range activeParametersB,
    Optional<Precision> precision,
    Optional<TransformerShape> transformer,
    Optional<DenoiserShape> denoiser,
    GenerationDefaults defaults,
    OptionalDouble outputTokensPerS,
    List<String> aliases,
    Provenance provenance,
    List<String> notes) {

  public Model {
    aliases = List.copyOf(aliases);
    notes = List.copyOf(notes);
  }

  /** The same model as somebody measured it. */
  public Model measuredWith(Range total, Range active, Precision measured) {
    return new Model(
        id,
        provider,
        name,
        family,
        modality,
        architecture,
        openWeights,
        total,
        active,
        Optional.of(measured),
        transformer,
        denoiser,
        defaults,
        outputTokensPerS,
        aliases,
        provenance,
        notes);
  }

  /**
   * The same model served in a precision that its name states: with an id of its own, so that the
   * two are told apart, unless it is usually served in as many bits.
   */
  Model servedIn(Precision stated) {
    boolean asUsual =
        precision
            .filter(usual -> usual == stated || (usual.isIn16Bits() && stated.isIn16Bits()))
            .isPresent();
    if (asUsual) {
      return this;
    }
    List<String> names = new ArrayList<>(aliases);
    names.add(id);
    return new Model(
        id + "-" + stated.label(),
        provider,
        name + " in " + stated.label(),
        family,
        modality,
        architecture,
        openWeights,
        totalParametersB,
        activeParametersB,
        Optional.of(stated),
        transformer,
        denoiser,
        defaults,
        outputTokensPerS,
        names,
        provenance,
        notes);
  }
}
