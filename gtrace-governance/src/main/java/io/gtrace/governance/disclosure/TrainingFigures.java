package io.gtrace.governance.disclosure;

import io.gtrace.activity.Modality;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.DrawnAmount;
import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What it took to train each model: all its runs, those that were dropped too, from {@code
 * training.csv} and the training hours in the ledger.
 */
final class TrainingFigures {
  private static final String TRAINING = "training";
  private static final String ENERGY = "energy_kwh";
  private static final String FLOP = "flop";
  private static final double MILLIS_OF_AN_HOUR = Duration.ofHours(1).toMillis();

  private TrainingFigures() {}

  /** What is known of the training of one model. */
  private record Model(String name, List<EvidenceRow> runs, List<Footprint> inLedger) {

    OptionalDouble sum(String column) {
      return runs.isEmpty() || runs.stream().anyMatch(run -> run.optionalNumber(column).isEmpty())
          ? OptionalDouble.empty()
          : OptionalDouble.of(runs.stream().mapToDouble(run -> run.number(column)).sum());
    }

    OptionalDouble largest(String column) {
      return runs.stream().flatMapToDouble(run -> run.optionalNumber(column).stream()).max();
    }

    boolean isMeasured() {
      return runs.stream().allMatch(run -> run.text("energy_method").equals("measured"));
    }
  }

  /** One figure of the training of a model; throws where it is not known. */
  @FunctionalInterface
  private interface Part {
    Answer of(Model model);
  }

  private static Answers each(FigureBasis basis, Part part) {
    List<Answer> found = new ArrayList<>();
    List<String> lacking = new ArrayList<>();
    for (Model model : models(basis.facts())) {
      try {
        found.add(part.of(model));
      } catch (UnknownFactException unknown) {
        lacking.add(model.name() + ": " + unknown.getMessage());
      }
    }
    return new Answers(found, lacking);
  }

  private static List<Model> models(Facts facts) {
    Map<String, Footprint> inLedger = new LinkedHashMap<>();
    for (QueryLine line : facts.ledger().by(GroupBy.MODALITY, GroupBy.MODEL)) {
      if (line.keys().get(0).equals(Modality.TRAINING.label())) {
        inLedger.put(line.keys().get(1), line.footprint());
      }
    }
    List<EvidenceRow> runs = facts.has(TRAINING) ? facts.rows(TRAINING) : List.of();
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(run -> names.add(run.text("model")));
    names.addAll(inLedger.keySet());
    if (names.isEmpty()) {
      throw new UnknownFactException("hand in " + facts.absent(TRAINING));
    }
    return names.stream()
        .map(name ->
            new Model(
                name,
                runs.stream().filter(run -> run.text("model").equals(name)).toList(),
                inLedger.containsKey(name) ? List.of(inLedger.get(name)) : List.of()))
        .toList();
  }

  private static UnknownFactException lacks(String column) {
    return new UnknownFactException("not every run in training.csv has its " + column);
  }

  private static Answer handedIn(
      FigureBasis basis, Model model, double value, String unit, String formula) {
    return new Answer.Computed(
        new Figure(
            model.name(),
            Estimate.exact(value),
            UnitOfMeasure.parse(unit),
            Set.of(),
            basis.handedIn(formula, model.runs())));
  }

  static Answers compute(FigureBasis basis) {
    return each(
        basis,
        model ->
            handedIn(
                basis,
                model,
                model.sum(FLOP).orElseThrow(() -> lacks(FLOP)),
                "FLOP",
                "floating-point operations of all runs"));
  }

  static Answers time(FigureBasis basis) {
    return each(
        basis,
        model -> {
          if (model.runs().isEmpty()) {
            throw lacks("start and end");
          }
          double hours =
              model.runs().stream()
                  .mapToDouble(run ->
                      Duration.between(run.moment("from"), run.moment("to")).toMillis()
                          / MILLIS_OF_AN_HOUR)
                  .sum();
          return handedIn(
              basis, model, hours, "h", "from the start to the end of each run, all runs");
        });
  }

  static Answers energy(FigureBasis basis) {
    return each(
        basis,
        model -> {
          OptionalDouble known = model.sum(ENERGY);
          if (known.isPresent()) {
            return handedIn(basis, model, known.getAsDouble(), "kWh", "energy of all runs");
          }
          return new Answer.Computed(
              basis.impact(
                  model.name(),
                  inLedger(model),
                  Impact.ENERGY_KWH,
                  RollupSql.isModel(model.name()),
                  Set.of()));
        });
  }

  private static Footprint inLedger(Model model) {
    return model.inLedger().stream()
        .findFirst()
        .orElseThrow(() ->
            new UnknownFactException(
                "neither does every run in training.csv have its energy, nor has the ledger its"
                    + " training"));
  }

  /** Whether the energy is known or estimated, which Annex XI lets a provider choose between. */
  static Answers energyMethod(FigureBasis basis) {
    return each(
        basis,
        model -> {
          if (model.sum(ENERGY).isEmpty()) {
            inLedger(model);
            return new Answer.Derived(
                model.name(),
                "estimated from accelerator hours or compute by the rate card",
                "the ledger prices the training",
                false);
          }
          return new Answer.Derived(
              model.name(),
              model.isMeasured() ? "known: measured" : "estimated",
              "energy_method of training.csv",
              false);
        });
  }

  /** The unit that a provider's score is for: the first of the standard's that is known. */
  private record Divisor(double amount, String thing, String shownUnit) {
    static Divisor of(Model model) {
      OptionalDouble flop = model.sum(FLOP);
      if (flop.isPresent()) {
        return new Divisor(flop.getAsDouble(), "FLOP", "gCO2e per 1e15 FLOP");
      }
      OptionalDouble tokens = model.sum("tokens");
      if (tokens.isPresent()) {
        return new Divisor(tokens.getAsDouble(), "training token", "gCO2e per 1e6 training token");
      }
      OptionalDouble parameters = model.largest("parameters");
      if (parameters.isPresent()) {
        return new Divisor(parameters.getAsDouble(), "parameter", "kgCO2e per 1e9 parameter");
      }
      throw lacks("flop, tokens or parameters");
    }
  }

  static Answers providerUnits(FigureBasis basis) {
    return each(
        basis,
        model -> {
          Divisor divisor = Divisor.of(model);
          return handedIn(basis, model, divisor.amount(), divisor.thing(), "units of all runs");
        });
  }

  static Answers providerScore(FigureBasis basis) {
    Set<Account> accounts = EnumSet.copyOf(LedgerFigures.TOTAL);
    accounts.add(Account.PROVIDER);
    return each(
        basis,
        model -> {
          Divisor divisor = Divisor.of(model);
          DrawnAmount carbon = DrawnAmount.of(inLedger(model), Impact.CARBON_KG);
          return new Answer.Computed(
              new Figure(
                      model.name(),
                      carbon.times(1 / divisor.amount()).estimate(),
                      UnitOfMeasure.parse("kgCO2e per " + divisor.thing()),
                      accounts,
                      basis.asked(
                          "(E × I + M) / R of training",
                          basis.select(
                              RollupSql.sum(Impact.CARBON_KG)
                                  + " / "
                                  + RollupSql.number(divisor.amount()),
                              RollupSql.isModel(model.name())),
                          model.runs()))
                  .in(UnitOfMeasure.parse(divisor.shownUnit())));
        });
  }

  static Answers carbon(FigureBasis basis) {
    return each(
        basis,
        model ->
            new Answer.Computed(
                basis.impact(
                    model.name(),
                    inLedger(model),
                    Impact.CARBON_KG,
                    RollupSql.isModel(model.name()),
                    LedgerFigures.TOTAL)));
  }

  /** Runs, dropped ones too, that the ledger has. */
  static Answers coverage(FigureBasis basis) {
    List<EvidenceRow> runs = basis.facts().rows(TRAINING);
    double known = runs.stream().filter(run -> run.flag("in_ledger")).count();
    return Answers.of(
        new Figure(
            "",
            Estimate.exact(known / runs.size()),
            UnitOfMeasure.parse("1"),
            Set.of(),
            basis.handedIn("runs that are in the ledger over all runs", runs)));
  }
}
