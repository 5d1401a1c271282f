package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.InvalidAmountException;
import io.gtrace.activity.MeteredEnergy;
import io.gtrace.activity.MeteredInference;
import io.gtrace.activity.Modality;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.TextToSpeech;
import io.gtrace.activity.Training;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.site.Site;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a row of text into an activity, or says which field is wrong and why. */
final class ActivityParser {
  private static final Set<UsageColumn> TEXT_AMOUNTS =
      EnumSet.of(UsageColumn.INPUT_TOKENS, UsageColumn.OUTPUT_TOKENS);

  private static final Set<UsageColumn> IMAGE_AMOUNTS =
      EnumSet.of(
          UsageColumn.COUNT,
          UsageColumn.WIDTH_PX,
          UsageColumn.HEIGHT_PX,
          UsageColumn.STEPS,
          UsageColumn.INPUT_IMAGES);

  private final FactorCatalogue catalogue;
  private final MomentParser moments;

  /**
   * @param now no usage can be later
   */
  ActivityParser(FactorCatalogue catalogue, Instant now) {
    this(catalogue, InstantSource.fixed(now));
  }

  /**
   * @param clock no usage can be later
   */
  ActivityParser(FactorCatalogue catalogue, InstantSource clock) {
    this(catalogue, clock, clock);
  }

  private ActivityParser(FactorCatalogue catalogue, InstantSource clock, InstantSource written) {
    this.catalogue = catalogue;
    moments = new MomentParser(catalogue.firstYear(), clock, written);
  }

  /**
   * One for the rows of a source.
   *
   * @param clock no usage can be later
   */
  static ActivityParser of(UsageSource source, FactorCatalogue catalogue, InstantSource clock) {
    return new ActivityParser(catalogue, clock, () -> source.writtenBy().orElseGet(clock::instant));
  }

  Activity parse(UsageRow row) throws RefusedRowException {
    String model = model(row);
    Modality modality = modality(row, model);
    Context context = context(row);
    try {
      return switch (modality) {
        case TEXT -> text(row, model, context);
        case EMBEDDING ->
            new Embedding(
                model,
                count(row, UsageColumn.REQUESTS, 1),
                required(row, UsageColumn.INPUT_TOKENS),
                context);
        case IMAGE -> image(row, model, context);
        case VIDEO -> video(row, model, context);
        case SPEECH_TO_TEXT -> new SpeechToText(model, seconds(row), context);
        case TEXT_TO_SPEECH -> new TextToSpeech(model, seconds(row), context);
        case MUSIC -> new MusicGeneration(model, seconds(row), context);
        case TRAINING -> training(row, model, context);
        case INFERENCE -> new MeteredInference(model, accelerator(row), energy(row), context);
      };
    } catch (InvalidAmountException invalid) {
      String field =
          UsageColumn.ofField(invalid.field()).map(UsageColumn::label).orElse(invalid.field());
      String message = String.valueOf(invalid.getMessage());
      throw new RefusedRowException(field, message.substring(invalid.field().length() + 1));
    }
  }

  private static String model(UsageRow row) throws RefusedRowException {
    if (row.gives(UsageColumn.MODEL)) {
      return row.text(UsageColumn.MODEL);
    }
    // Training is priced by its hardware, and needs no other name.
    if (row.has(UsageColumn.ACCELERATOR) && mayBeTraining(row)) {
      return row.text(UsageColumn.ACCELERATOR);
    }
    throw RefusedRowException.missing(UsageColumn.MODEL, "is empty");
  }

  private static boolean mayBeTraining(UsageRow row) {
    return !row.has(UsageColumn.MODALITY)
        || Modality.parse(row.text(UsageColumn.MODALITY)).equals(Optional.of(Modality.TRAINING));
  }

  private Modality modality(UsageRow row, String model) throws RefusedRowException {
    if (row.gives(UsageColumn.MODALITY)) {
      String label = row.text(UsageColumn.MODALITY);
      Optional<Modality> named = Modality.parse(label);
      if (named.isEmpty()) {
        throw new RefusedRowException(
            UsageColumn.MODALITY,
            "must be one of "
                + Arrays.stream(Modality.values())
                    .map(Modality::label)
                    .collect(Collectors.joining(", "))
                + ", not '"
                + Excerpt.of(label)
                + "'");
      }
      return named.get();
    }
    if (row.has(UsageColumn.ACCELERATOR)) {
      return Modality.TRAINING;
    }
    Optional<Modality> told = catalogue.modalityOf(model);
    return told.isPresent() ? told.get() : modalityOfAmounts(row, model);
  }

  /** What a row with a model of which nothing is known must be about, by what it counts. */
  private static Modality modalityOfAmounts(UsageRow row, String model) throws RefusedRowException {
    if (TEXT_AMOUNTS.stream().anyMatch(row::has)) {
      return Modality.TEXT;
    }
    if (IMAGE_AMOUNTS.stream().anyMatch(row::has)) {
      return Modality.IMAGE;
    }
    throw RefusedRowException.missing(
        UsageColumn.MODALITY,
        "is empty for unknown model '"
            + Excerpt.of(model)
            + "': give modality, or amounts such as output_tokens",
        UsageColumn.OUTPUT_TOKENS,
        UsageColumn.INPUT_TOKENS);
  }

  private Context context(UsageRow row) throws RefusedRowException {
    Optional<Instant> when =
        row.has(UsageColumn.WHEN)
            ? Optional.of(moments.parse(row.text(UsageColumn.WHEN)))
            : Optional.empty();
    Attribution who =
        new Attribution(
            row.text(UsageColumn.TEAM), row.text(UsageColumn.APP), row.text(UsageColumn.USER));
    try {
      return new Context(when, who, Site.parse(row.text(UsageColumn.SITE)));
    } catch (IllegalArgumentException badSite) {
      throw new RefusedRowException(UsageColumn.SITE, String.valueOf(badSite.getMessage()));
    }
  }

  private static TextGeneration text(UsageRow row, String model, Context context)
      throws RefusedRowException {
    if (!row.gives(UsageColumn.INPUT_TOKENS) && !row.gives(UsageColumn.OUTPUT_TOKENS)) {
      throw RefusedRowException.missing(
          UsageColumn.OUTPUT_TOKENS,
          "is empty, and so is input_tokens: nothing to account",
          UsageColumn.INPUT_TOKENS);
    }
    return new TextGeneration(
        model,
        count(row, UsageColumn.REQUESTS, 1),
        count(row, UsageColumn.INPUT_TOKENS, 0),
        count(row, UsageColumn.CACHED_INPUT_TOKENS, 0),
        count(row, UsageColumn.OUTPUT_TOKENS, 0),
        count(row, UsageColumn.REASONING_TOKENS, 0),
        context);
  }

  private static ImageGeneration image(UsageRow row, String model, Context context)
      throws RefusedRowException {
    return new ImageGeneration(
        model,
        count(row, UsageColumn.COUNT, 1),
        size(row, UsageColumn.WIDTH_PX),
        size(row, UsageColumn.HEIGHT_PX),
        size(row, UsageColumn.STEPS),
        size(row, UsageColumn.INPUT_IMAGES),
        context);
  }

  private static VideoGeneration video(UsageRow row, String model, Context context)
      throws RefusedRowException {
    return new VideoGeneration(
        model,
        count(row, UsageColumn.COUNT, 1),
        number(row, UsageColumn.SECONDS, 0),
        number(row, UsageColumn.FPS, 0),
        size(row, UsageColumn.FRAMES),
        size(row, UsageColumn.WIDTH_PX),
        size(row, UsageColumn.HEIGHT_PX),
        size(row, UsageColumn.STEPS),
        context);
  }

  private static Training training(UsageRow row, String model, Context context)
      throws RefusedRowException {
    return new Training(model, accelerator(row), work(row), context);
  }

  private static String accelerator(UsageRow row) throws RefusedRowException {
    if (!row.gives(UsageColumn.ACCELERATOR)) {
      throw RefusedRowException.missing(
          UsageColumn.ACCELERATOR, "is empty: name the hardware, as in h100-sxm");
    }
    return row.text(UsageColumn.ACCELERATOR);
  }

  private static boolean isMetered(UsageRow row) throws RefusedRowException {
    return row.gives(UsageColumn.METERED_KWH) || row.gives(UsageColumn.MODELLED_KWH);
  }

  private static MeteredEnergy energy(UsageRow row) throws RefusedRowException {
    if (!isMetered(row)) {
      throw RefusedRowException.missing(
          UsageColumn.METERED_KWH,
          "is empty, and so is modelled_kwh: nothing to account",
          UsageColumn.MODELLED_KWH);
    }
    return new MeteredEnergy(
        number(row, UsageColumn.METERED_KWH, 0), number(row, UsageColumn.MODELLED_KWH, 0));
  }

  private static Training.Work work(UsageRow row) throws RefusedRowException {
    if (row.gives(UsageColumn.HOURS)) {
      return new Training.AcceleratorTime(
          count(row, UsageColumn.COUNT, 1),
          number(row, UsageColumn.HOURS, 0),
          number(row, UsageColumn.UTILISATION, Training.USUAL_UTILISATION));
    }
    if (row.gives(UsageColumn.FLOP)) {
      return new Training.Compute(number(row, UsageColumn.FLOP, 0));
    }
    if (row.gives(UsageColumn.TOKENS) && row.gives(UsageColumn.ACTIVE_PARAMETERS)) {
      return new Training.TokensTimesParameters(
          number(row, UsageColumn.TOKENS, 0), number(row, UsageColumn.ACTIVE_PARAMETERS, 0));
    }
    if (isMetered(row)) {
      return energy(row);
    }
    throw RefusedRowException.missing(
        UsageColumn.HOURS,
        "is empty, and so are flop, and tokens with active_parameters: nothing to account",
        UsageColumn.FLOP,
        UsageColumn.TOKENS,
        UsageColumn.ACTIVE_PARAMETERS);
  }

  private static double seconds(UsageRow row) throws RefusedRowException {
    if (!row.gives(UsageColumn.SECONDS)) {
      throw RefusedRowException.missing(
          UsageColumn.SECONDS, "is empty: give the length of the sound, tokens do not tell it");
    }
    return number(row, UsageColumn.SECONDS, 0);
  }

  private static long required(UsageRow row, UsageColumn column) throws RefusedRowException {
    if (!row.gives(column)) {
      throw RefusedRowException.missing(column, "is empty");
    }
    return count(row, column, 0);
  }

  private static int size(UsageRow row, UsageColumn column) throws RefusedRowException {
    long size = count(row, column, 0);
    if (size != (int) size) {
      throw new RefusedRowException(column, "is far too large: " + size);
    }
    return (int) size;
  }

  private static long count(UsageRow row, UsageColumn column, long absent)
      throws RefusedRowException {
    if (!row.gives(column)) {
      return absent;
    }
    String text = row.text(column);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notPlain) {
      return wholeNumber(column, text);
    }
  }

  private static long wholeNumber(UsageColumn column, String text) throws RefusedRowException {
    if (text.length() <= 40) {
      try {
        BigDecimal number = new BigDecimal(text);
        if (Math.abs((double) number.scale()) <= 40) {
          return number.longValueExact();
        }
      } catch (NumberFormatException notNumber) {
        // Named below, with every other text that is not a whole number.
      } catch (ArithmeticException notWhole) {
        // The same.
      }
    }
    throw new RefusedRowException(
        column, "must be a whole number in digits, not '" + Excerpt.of(text) + "'");
  }

  private static double number(UsageRow row, UsageColumn column, double absent)
      throws RefusedRowException {
    if (!row.gives(column)) {
      return absent;
    }
    String text = row.text(column);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notNumber) {
      throw new RefusedRowException(
          column, "must be a number in digits, not '" + Excerpt.of(text) + "'");
    }
  }
}
