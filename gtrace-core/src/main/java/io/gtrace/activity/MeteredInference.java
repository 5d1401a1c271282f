package io.gtrace.activity;

/**
 * A model used on hardware of one's own, of which a meter told the energy and nobody what it was
 * asked.
 *
 * @param model what ran; a label, need not be in the catalogue
 * @param accelerator the hardware it ran on, as the catalogue names it
 * @param energy what it took
 * @param context when, for whom, where
 */
public record MeteredInference(
    String model, String accelerator, MeteredEnergy energy, Context context) implements Activity {
  public MeteredInference {
    Amount.model(model);
    if (accelerator.isBlank()) {
      throw new InvalidAmountException("accelerator", "must not be empty");
    }
  }

  @Override
  public MeteredInference in(Context newContext) {
    return new MeteredInference(model, accelerator, energy, newContext);
  }

  @Override
  public String subject() {
    return accelerator;
  }

  @Override
  public Modality modality() {
    return Modality.INFERENCE;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    Volumes.Builder volumes = new Volumes.Builder();
    energy.addTo(volumes);
    return volumes.build();
  }
}
