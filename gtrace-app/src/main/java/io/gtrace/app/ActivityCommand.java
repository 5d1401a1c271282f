package io.gtrace.app;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.site.Site;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      names = {"--region", "--site"},
      paramLabel = "PLACE",
      defaultValue = "",
      description =
          "Where it ran: a cloud region (eu-west-3, azure/westeurope), a country or state (FR,"
              + " US-CA), or an edge device and its user's place (rtx-4090@DE). Default: where the"
              + " model's provider usually runs it.")
  private String place = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      defaultValue = "",
      description =
          "When it ran, ISO 8601: 2025-03-31T18:00Z or 2025-03-31. Default: the newest factors.")
  private String time = "";

  @Option(
      names = "--allow-fallback",
      description = "Price an unknown model or place by its nearest class, with a wider interval.")
  private boolean allowFallback;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text, json or csv (default: text).")
  private OutputFormat format = OutputFormat.text;

  abstract Activity activity(Context context);

  @Override
  public Integer call() {
    if (action == null) {
      throw new IllegalStateException("the command has no parent");
    }
    Activity activity;
    try {
      activity = activity(context());
    } catch (IllegalArgumentException refused) {
      throw wrong(String.valueOf(refused.getMessage()));
    }
    GTrace gtrace =
        allowFallback ? GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW) : GTrace.standard();
    return action.act(gtrace, activity, format);
  }

  final ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalStateException("the command has no specification");
    }
    return new ParameterException(spec.commandLine(), message);
  }

  private Context context() {
    Context context = new Context(moment(), Attribution.NONE, Site.parse(place));
    return context;
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
