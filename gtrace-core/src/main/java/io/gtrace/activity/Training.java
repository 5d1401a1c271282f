package io.gtrace.activity;

import io.gtrace.site.Site;

/**
 * A training or fine-tuning run.
 *
 * @param model what is trained; a label, need not be in the catalogue
 * @param accelerator the accelerator it runs on, as the catalogue names it
 * @param work how much, in whichever form is known
 * @param context when, for whom, where
 */
public record Training(String model, String accelerator, Work work, Context context)
    implements Activity {

  /** Utilisation where none is given; large runs report 0.6 to 0.9. */
  public static final double USUAL_UTILISATION = 0.8;

  public Training {
    Amount.model(model);
    if (accelerator.isBlank()) {
      throw new InvalidAmountException("accelerator", "must not be empty");
    }
  }

  /** How much a training run did. */
  public sealed interface Work
      permits AcceleratorTime, Compute, TokensTimesParameters, MeteredEnergy {}

  /**
   * Accelerators held for some hours.
   *
   * @param count accelerators, 1 to 10^7
   * @param hours wall-clock hours each was held, 0 to 10^9; with a count of 1 the sum over all may
   *     stand here
   * @param utilisation share of the power between idle and thermal design power that was drawn, 0
   *     to 1
   */
  public record AcceleratorTime(long count, double hours, double utilisation) implements Work {
    public AcceleratorTime {
      if (count < 1 || count > 10_000_000) {
        throw new InvalidAmountException("count", "must be 1 to 10^7 accelerators, not " + count);
      }
      Amount.quantity("hours", hours, 1e9, "h");
      if (!(utilisation >= 0 && utilisation <= 1)) {
        throw new InvalidAmountException(
            "utilisation", "must be a share from 0 to 1, not " + utilisation);
      }
    }
  }

  /** Compute spent, in floating-point operations, 0 to 10^30. */
  public record Compute(double flop) implements Work {
    public Compute {
      Amount.quantity("flop", flop, 1e30, "FLOP");
    }
  }

  /**
   * Tokens seen by a model of so many parameters: 6 FLOP for each token and active parameter
   * (forward 2, backward 4; Kaplan et al. 2020, Scaling Laws for Neural Language Models, table 1).
   *
   * @param tokens tokens seen, epochs counted, 0 to 10^16
   * @param activeParameters parameters that act on a token, 0 to 10^15
   */
  public record TokensTimesParameters(double tokens, double activeParameters) implements Work {
    static final double FLOP_PER_TOKEN_AND_PARAMETER = 6;

    public TokensTimesParameters {
      Amount.quantity("tokens", tokens, 1e16, "tokens");
      Amount.quantity("activeParameters", activeParameters, 1e15, "parameters");
    }
  }

  public Training at(String place) {
    return in(context.at(Site.parse(place)));
  }

  @Override
  public Training in(Context newContext) {
    return new Training(model, accelerator, work, newContext);
  }

  @Override
  public String subject() {
    return accelerator;
  }

  @Override
  public Modality modality() {
    return Modality.TRAINING;
  }

  @Override
  public Volumes volumes(GenerationDefaults defaults) {
    Volumes.Builder volumes = new Volumes.Builder();
    if (work instanceof AcceleratorTime time) {
      double hours = (double) time.count() * time.hours();
      volumes.add(Driver.ACCELERATOR_HOURS, hours);
      volumes.add(Driver.UTILISED_ACCELERATOR_HOURS, hours * time.utilisation());
    } else if (work instanceof Compute compute) {
      volumes.add(Driver.TRAINING_EXAFLOPS, compute.flop() / 1e18);
    } else if (work instanceof TokensTimesParameters product) {
      double flop =
          TokensTimesParameters.FLOP_PER_TOKEN_AND_PARAMETER
              * product.tokens()
              * product.activeParameters();
      volumes.add(Driver.TRAINING_EXAFLOPS, flop / 1e18);
    } else if (work instanceof MeteredEnergy energy) {
      energy.addTo(volumes);
    }
    return volumes.build();
  }
}
