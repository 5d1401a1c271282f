package io.gtrace.server.page;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.Modality;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.ledger.query.Period;
import io.gtrace.report.Figures;
import io.gtrace.site.Site;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Work that somebody wants to know the cost of, as a form or a link names it.
 *
 * @param count how often
 * @param inputTokens of one
 * @param outputTokens of one
 * @param widthPx 0 for the model's own
 * @param heightPx 0 for the model's own
 * @param seconds of one video or sound
 * @param when empty for the newest year as a whole
 */
record Job(
    Kind kind,
    String model,
    long count,
    long inputTokens,
    long outputTokens,
    int widthPx,
    int heightPx,
    double seconds,
    Optional<Instant> when) {

  /** What is made. */
  enum Kind {
    TEXT("Prompt", Modality.TEXT, "gpt-4o"),
    IMAGE("Image", Modality.IMAGE, "gpt-image-1"),
    VIDEO("Video", Modality.VIDEO, "sora-2"),
    SPEECH("Speech to text", Modality.SPEECH_TO_TEXT, "whisper-large-v3"),
    EMBEDDING("Embedding", Modality.EMBEDDING, "text-embedding-3-small");

    private final String name;
    private final Modality modality;
    private final String usualModel;

    Kind(String name, Modality modality, String usualModel) {
      this.name = name;
      this.modality = modality;
      this.usualModel = usualModel;
    }

    /**
     * The one of a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Kind labelled(String label) {
      return Stream.of(values())
          .filter(each -> each.label().equals(label))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "kind must be text, image, video, speech or embedding, not '" + label + "'"));
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    String inWords() {
      return name;
    }

    Modality modality() {
      return modality;
    }

    /** Whether it is told by a field of its form. */
    boolean has(String field) {
      return switch (field) {
        case "input" -> this == TEXT || this == EMBEDDING;
        case "output" -> this == TEXT;
        case "width", "height" -> this == IMAGE || this == VIDEO;
        case "seconds" -> this == VIDEO || this == SPEECH;
        default -> throw new IllegalArgumentException(field);
      };
    }
  }

  private static final long USUAL_INPUT = 500;
  private static final long USUAL_OUTPUT = 300;
  private static final double USUAL_SECONDS = 8;

  /**
   * Reads the fields of a form; what is empty is as usual.
   *
   * @throws IllegalArgumentException if one is not as it should be
   */
  static Job read(Fields fields) {
    Kind kind = fields.text("kind").map(Kind::labelled).orElse(Kind.TEXT);
    return new Job(
        kind,
        fields.text("model").orElse(kind.usualModel),
        fields.whole("count", 1),
        fields.whole("input", USUAL_INPUT),
        fields.whole("output", USUAL_OUTPUT),
        pixels(fields, "width"),
        pixels(fields, "height"),
        fields.number("seconds", USUAL_SECONDS),
        fields.text("at").map(text -> Period.moment("at", text)));
  }

  private static int pixels(Fields fields, String name) {
    long pixels = fields.whole(name, 0);
    if (pixels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " is too large: " + pixels);
    }
    return (int) pixels;
  }

  /**
   * The work done at a place.
   *
   * @throws IllegalArgumentException if it is too much of it, or none
   */
  Activity at(String place) {
    Context context = new Context(when, Attribution.NONE, Site.parse(place));
    return switch (kind) {
      case TEXT ->
          new TextGeneration(model, count, times(inputTokens), 0, times(outputTokens), 0, context);
      case IMAGE -> new ImageGeneration(model, count, widthPx, heightPx, 0, 0, context);
      case VIDEO -> new VideoGeneration(model, count, seconds, 0, 0, widthPx, heightPx, 0, context);
      case SPEECH -> new SpeechToText(model, seconds * count, context);
      case EMBEDDING -> new Embedding(model, count, times(inputTokens), context);
    };
  }

  private long times(long tokens) {
    try {
      return Math.multiplyExact(tokens, count);
    } catch (ArithmeticException tooMuch) {
      throw new IllegalArgumentException("count times tokens is more than can be counted", tooMuch);
    }
  }

  /** What it is, in a few words. */
  String inWords() {
    String one =
        switch (kind) {
          case TEXT ->
              Figures.count(inputTokens) + " tokens in and " + Figures.count(outputTokens) + " out";
          case EMBEDDING -> Figures.count(inputTokens) + " tokens in";
          case IMAGE -> "an image" + size();
          case VIDEO -> "a video of " + Figures.rounded(seconds) + " s" + size();
          case SPEECH -> Figures.rounded(seconds) + " s of speech";
        };
    return (count == 1 ? "" : Figures.count(count) + " times ") + one + " with " + model;
  }

  private String size() {
    return widthPx > 0 && heightPx > 0 ? " of " + widthPx + " × " + heightPx : "";
  }

  /** Adds itself to a link. */
  Fields.Link on(Fields.Link link) {
    link.with("kind", kind.label()).with("model", model);
    if (count != 1) {
      link.with("count", count);
    }
    if (kind.has("input")) {
      link.with("input", inputTokens);
    }
    if (kind.has("output")) {
      link.with("output", outputTokens);
    }
    if (kind.has("width") && widthPx > 0) {
      link.with("width", widthPx);
    }
    if (kind.has("height") && heightPx > 0) {
      link.with("height", heightPx);
    }
    if (kind.has("seconds")) {
      link.with("seconds", Figures.rounded(seconds).replace(",", ""));
    }
    when.ifPresent(moment -> link.with("at", moment));
    return link;
  }
}
