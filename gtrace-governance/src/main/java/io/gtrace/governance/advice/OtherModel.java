package io.gtrace.governance.advice;

import io.gtrace.activity.Modality;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Model;
import io.gtrace.factor.Precision;
import io.gtrace.governance.advice.Adjustment.Scaled;
import io.gtrace.governance.advice.Adjustment.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lets another model do some or all of the work. */
record OtherModel(Description about, Way way) implements Action {
  /** A model counts as smaller from this part of the active parameters on. */
  private static final double MUCH_SMALLER = 1.0 / 3;

  private static final int SHOWN = 3;

  /** How models share the work. */
  enum Way {
    /** The smaller one tries everything; what it misses the large one does as well. */
    CASCADE,
    /** A share goes to the smaller one for good. */
    SMALLER,
    /** The same model in 8 bits. */
    QUANTISED
  }

  static Action cascade() {
    return new OtherModel(
        new Description(
            "cascade",
            "Ask a smaller model first, the large one only where it misses",
            "work of models for which a smaller one is known",
            Effort.PROJECT,
            List.of("cascade-miss-rate"),
            "Judging the answers of the smaller model is left out, and so is what it gets wrong"
                + " without anybody noticing."),
        Way.CASCADE);
  }

  static Action smallerModel() {
    return new OtherModel(
        new Description(
            "smaller-model",
            "Let a smaller model do what it does well enough",
            "work of models for which a smaller one is known",
            Effort.PROJECT,
            List.of("smaller-model-share"),
            "Answers are taken to be as long; quality is yours to measure."),
        Way.SMALLER);
  }

  static Action quantised() {
    return new OtherModel(
        new Description(
            "quantisation",
            "Serve open models in 8 bits",
            "work of open models of which an 8-bit version is known",
            Effort.CODE,
            List.of(),
            "Only for those who serve the model themselves; what precision costs in quality is"
                + " yours to measure."),
        Way.QUANTISED);
  }

  @Override
  public Change applied(List<Load> loads, Replay replay) {
    List<Load> changed = new ArrayList<>();
    Map<String, String> pairs = new TreeMap<>();
    Optional<String> command = Optional.empty();
    for (Load load : loads) {
      Optional<String> other =
          load.workload().allows(about.id()) ? standIn(load, replay) : Optional.empty();
      if (other.isEmpty()) {
        changed.add(load);
        continue;
      }
      String model = replay.row(load).model();
      pairs.put(model, other.get());
      if (command.isEmpty()) {
        command = Optional.of(comparison(load, model, other.get()));
      }
      changed.addAll(shared(load, other.get(), replay));
    }
    String detail =
        pairs.entrySet().stream()
            .limit(SHOWN)
            .map(pair -> pair.getKey() + " to " + pair.getValue())
            .reduce((one, more) -> one + ", " + more)
            .orElse("");
    return new Change(changed, detail, List.of(sideEffect()), command);
  }

  private String sideEffect() {
    return switch (way) {
      case CASCADE -> "misses wait for both models";
      case SMALLER -> "answers come sooner, of the quality of the smaller model";
      case QUANTISED -> "answers come sooner";
    };
  }

  private List<Load> shared(Load load, String other, Replay replay) {
    return switch (way) {
      case QUANTISED -> List.of(load.by(other));
      case SMALLER ->
          List.of(
              load.by(other)
                  .adjusted(new Scaled(Scope.WORK, replay.assumed("smaller-model-share"))),
              load.adjusted(new Scaled(Scope.WORK, replay.allBut("smaller-model-share"))));
      // The answer travels once, whoever wrote it.
      case CASCADE ->
          List.of(
              load.by(other),
              load.adjusted(new Scaled(Scope.SERVING_ALONE, replay.assumed("cascade-miss-rate"))));
    };
  }

  private Optional<String> standIn(Load load, Replay replay) {
    // What is known of models that miss is known of text.
    boolean isOf =
        way == Way.QUANTISED ? !load.modality().goesByHardware() : load.modality() == Modality.TEXT;
    if (!isOf) {
      return Optional.empty();
    }
    Model model = replay.catalogue().model(load.subject(), load.modality(), Fallback.ALLOW);
    Optional<String> other =
        way == Way.QUANTISED ? inEightBits(model, replay) : smaller(model, replay);
    return other.filter(each -> isGoodEnough(each, load.workload(), replay.organisation()));
  }

  private static boolean isGoodEnough(String model, Workload workload, Organisation organisation) {
    return workload.minQuality().isEmpty()
        || organisation.quality().getOrDefault(model, 0) >= workload.minQuality().getAsInt();
  }

  private static Optional<String> inEightBits(Model model, Replay replay) {
    boolean isIn16 = model.precision().filter(each -> each.bitsPerParameter() == 16).isPresent();
    if (!model.openWeights() || !isIn16) {
      return Optional.empty();
    }
    return replay
        .catalogue()
        .findModel(model.id() + "-" + Precision.FP8.label())
        .filter(each -> each.precision().equals(Optional.of(Precision.FP8)))
        .map(Model::id);
  }

  /** As the organisation says, or else the one of its family whose name is most alike. */
  private static Optional<String> smaller(Model model, Replay replay) {
    String named = replay.organisation().smaller().get(model.id());
    if (named != null) {
      return Optional.of(named);
    }
    double most = MUCH_SMALLER * model.activeParametersB().middle();
    return replay.catalogue().models().stream()
        .filter(each ->
            each.family().equals(model.family())
                && each.provider().equals(model.provider())
                && each.modality() == model.modality()
                && each.activeParametersB().middle() <= most)
        .max(
            Comparator.comparingInt((Model each) -> sameBeginning(each.id(), model.id()))
                .thenComparingInt(each -> -each.id().length())
                .thenComparingDouble(each -> each.activeParametersB().middle()))
        .map(Model::id);
  }

  private static int sameBeginning(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }

  private static String comparison(Load load, String model, String other) {
    String command =
        "gtrace compare " + load.modality().label() + " --model " + model + "," + other;
    if (load.modality() == Modality.TEXT) {
      command += MeanTokens.options(load.hours().total());
    }
    return load.site().isEmpty() ? command : command + " --region " + load.site();
  }
}
