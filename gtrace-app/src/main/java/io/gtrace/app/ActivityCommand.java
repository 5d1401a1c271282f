package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Amortisation;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.InvalidAmountException;
import io.gtrace.site.Site;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One activity described on the command line: what all modalities share. */
abstract class ActivityCommand implements Callable<Integer> {
  @ParentCommand private @Nullable ActivityAction action;
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "",
      description = "The model, as your provider or your logs call it; see gtrace models.")
  private String models = "";

  @Option(
      names = {"--region", "--site"},
      paramLabel = "PLACE",
      defaultValue = "",
      description =
          "Where it ran: a cloud region (eu-west-3, azure/westeurope), a country or state (FR,"
              + " US-CA), or an edge device and its user's place (rtx-4090@DE). Default: where the"
              + " model's provider usually runs it.")
  private String places = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      defaultValue = "",
      description =
          "When it ran, ISO 8601: 2025-03-31T18:00Z or 2025-03-31. Default: the newest factors.")
  private String time = "";

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "gtrace",
      description =
          "gtrace: laws fitted to measurements, with intervals (default). sci: the same as a Software"
              + " Carbon Intensity, ISO/IEC 21031, in the units of SCI for AI. ecologits: the published"
              + " EcoLogits methodology 0.11; text only.")
  private Method method = Method.gtrace;

  @Mixin private FactorOptions factors = new FactorOptions();
  @Mixin private AmortisationOptions amortisation = new AmortisationOptions();

  @Mixin private TableFormat format = new TableFormat();

  /** The activity that the options describe. */
  abstract Activity activity(String model, Context context);

  /** The model where none is given; empty if there must be one. */
  String defaultModel() {
    return "";
  }

  @Override
  public Integer call() {
    if (action == null) {
      throw new IllegalStateException("the command has no parent");
    }
    Estimating estimating;
    List<Activity> activities = new ArrayList<>();
    try {
      estimating = estimating(factors.gtrace(), amortisation.amortisation());
      for (String model : listed(models.isEmpty() ? defaultModel() : models)) {
        if (model.isEmpty()) {
          throw wrong("missing --model; gtrace models lists those that are known");
        }
        for (String place : listed(places)) {
          Context context = new Context(moment(), Attribution.NONE, Site.parse(place));
          activities.add(activity(model, context));
        }
      }
    } catch (InvalidAmountException invalid) {
      throw wrong(OptionNames.complaint(invalid));
    } catch (IllegalArgumentException refused) {
      throw wrong(String.valueOf(refused.getMessage()));
    }
    return action.act(estimating, activities, format.chosen());
  }

  final Method method() {
    return method;
  }

  /** What the EcoLogits method is given beside the activity; empty where it does not apply. */
  Optional<EcoLogitsOptions> ecoLogits() {
    return Optional.empty();
  }

  private Estimating estimating(GTrace gtrace, Optional<Amortisation> training) {
    Optional<EcoLogitsOptions> options = ecoLogits();
    if (method != Method.ecologits) {
      if (options.isPresent() && options.get().areGiven()) {
        throw wrong("parameters, speed, grid and data centre are given with --method ecologits");
      }
      if (method == Method.sci && training.isPresent()) {
        throw wrong(
            "a consumer's score leaves the training out: the provider's score of it is that of"
                + " gtrace estimate training --method sci");
      }
      return new Estimating(gtrace, training, method, Optional.empty());
    }
    if (options.isEmpty()) {
      throw wrong("the EcoLogits method prices text only");
    }
    if (training.isPresent()) {
      throw wrong("the EcoLogits method has no share of training");
    }
    return new Estimating(gtrace, training, method, options);
  }

  private static List<String> listed(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",", -1)).map(String::strip).toList();
  }

  final ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("the command has no specification");
    }
    return new ParameterException(spec.commandLine(), message);
  }

  /** A negative amount is left to the activity, which tells its range. */
  final double aboveZero(String option, double amount) {
    if (amount == 0) {
      throw wrong(option + " must be above 0");
    }
    return amount;
  }

  private Optional<Instant> moment() {
    if (time.isEmpty()) {
      return Optional.empty();
    }
    Instant moment = parse(time);
    if (moment.isAfter(Instant.now().plusSeconds(86_400))) {
      throw wrong("--at " + time + " lies in the future");
    }
    return Optional.of(moment);
  }

  private Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException notAMoment) {
      try {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      } catch (DateTimeParseException notADate) {
        throw wrong("--at must be like 2025-03-31T18:00Z or 2025-03-31, not '" + text + "'");
      }
    }
  }
}
