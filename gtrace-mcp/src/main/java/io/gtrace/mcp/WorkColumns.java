package io.gtrace.mcp;

import io.gtrace.ledger.UsageColumn;
import java.util.EnumMap;
import java.util.Map;

/** The columns of an activity as arguments: what was made, and how much of it. */
final class WorkColumns {
  /** JSON Schema of the amounts, for all kinds of work. */
  static final String AMOUNTS =
      """
      "modality": {"type": "string", "enum": ["text", "embedding", "image", "video",
        "speech-to-text", "text-to-speech", "music", "training"],
        "description": "What is made; by default what the model makes."},
      "when": {"type": "string", "description":
        "ISO 8601 time at which it runs, not later than now; the grid of that month and hour then counts."},
      "requests": {"type": "number", "minimum": 0, "description":
        "Calls; the amounts are those of all of them together. Default 1."},
      "input_tokens": {"type": "number", "minimum": 0, "description":
        "Text: tokens read and not found in a cache."},
      "cached_input_tokens": {"type": "number", "minimum": 0, "description":
        "Text: tokens read from a prompt cache, in addition."},
      "output_tokens": {"type": "number", "minimum": 0, "description":
        "Text: visible tokens written."},
      "reasoning_tokens": {"type": "number", "minimum": 0, "description":
        "Text: hidden tokens written, in addition."},
      "count": {"type": "number", "minimum": 0, "description":
        "Images or videos, or accelerators of a training. Default 1."},
      "width_px": {"type": "number", "minimum": 0, "description": "Image or video: width, pixels."},
      "height_px": {"type": "number", "minimum": 0, "description": "Image or video: height, pixels."},
      "steps": {"type": "number", "minimum": 0, "description": "Image or video: denoising steps."},
      "input_images": {"type": "number", "minimum": 0, "description":
        "Image: images given to edit."},
      "seconds": {"type": "number", "minimum": 0, "description":
        "Length of the sound or of one video, s."},
      "fps": {"type": "number", "minimum": 0, "description": "Video: frames per second."},
      "frames": {"type": "number", "minimum": 0, "description": "Video: frames of one video."},
      "accelerator": {"type": "string", "description": "Training: hardware, as in h100-sxm."},
      "hours": {"type": "number", "minimum": 0, "description":
        "Training: hours that each accelerator is held."},
      "utilisation": {"type": "number", "minimum": 0, "maximum": 1, "description":
        "Training: share of the power between idle and full that is drawn."}\
      """;

  private WorkColumns() {}

  /** The arguments that describe work, by column; others are left out. */
  static Map<UsageColumn, String> of(Arguments arguments) {
    Map<UsageColumn, String> columns = new EnumMap<>(UsageColumn.class);
    arguments
        .texts()
        .forEach((name, value) ->
            UsageColumn.named(name).ifPresent(column -> columns.put(column, value)));
    return columns;
  }
}
