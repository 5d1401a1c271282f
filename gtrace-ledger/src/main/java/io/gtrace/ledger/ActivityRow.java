package io.gtrace.ledger;

import io.gtrace.activity.Activity;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.MeteredEnergy;
import io.gtrace.activity.MeteredInference;
import io.gtrace.activity.MusicGeneration;
import io.gtrace.activity.SpeechToText;
import io.gtrace.activity.TextToSpeech;
import io.gtrace.activity.Training;
import io.gtrace.activity.VideoGeneration;
import java.util.Map;

/**
 * Writes an event as the row of usage that would have told it, as far as a ledger keeps rows: its
 * id, and amounts that other factors may price otherwise. Tokens have columns of their own; sizes
 * that are left to the model are left out.
 */
final class ActivityRow {
  private final RowValues values = new RowValues();

  private ActivityRow() {}

  static UsageRow of(UsageEvent event) {
    ActivityRow row = new ActivityRow();
    row.values.put(UsageColumn.REQUEST_ID, event.requestId());
    row.put(event.activity());
    return row.values.row(0, Map.of());
  }

  private void put(Activity activity) {
    if (activity instanceof ImageGeneration image) {
      put(UsageColumn.COUNT, image.count());
      put(UsageColumn.WIDTH_PX, image.widthPx());
      put(UsageColumn.HEIGHT_PX, image.heightPx());
      put(UsageColumn.STEPS, image.steps());
      put(UsageColumn.INPUT_IMAGES, image.inputImages());
    } else if (activity instanceof VideoGeneration video) {
      put(video);
    } else if (activity instanceof SpeechToText speech) {
      put(UsageColumn.SECONDS, Double.toString(speech.seconds()));
    } else if (activity instanceof TextToSpeech speech) {
      put(UsageColumn.SECONDS, Double.toString(speech.seconds()));
    } else if (activity instanceof MusicGeneration music) {
      put(UsageColumn.SECONDS, Double.toString(music.seconds()));
    } else if (activity instanceof Training training) {
      put(training.work());
    } else if (activity instanceof MeteredInference metered) {
      put(metered.energy());
    }
  }

  private void put(VideoGeneration video) {
    put(UsageColumn.COUNT, video.count());
    if (video.seconds() > 0) {
      put(UsageColumn.SECONDS, Double.toString(video.seconds()));
    }
    if (video.framesPerSecond() > 0) {
      put(UsageColumn.FPS, Double.toString(video.framesPerSecond()));
    }
    put(UsageColumn.FRAMES, video.frames());
    put(UsageColumn.WIDTH_PX, video.widthPx());
    put(UsageColumn.HEIGHT_PX, video.heightPx());
    put(UsageColumn.STEPS, video.steps());
  }

  private void put(Training.Work work) {
    if (work instanceof Training.AcceleratorTime time) {
      put(UsageColumn.COUNT, time.count());
      put(UsageColumn.HOURS, Double.toString(time.hours()));
      put(UsageColumn.UTILISATION, Double.toString(time.utilisation()));
    } else if (work instanceof Training.Compute compute) {
      put(UsageColumn.FLOP, Double.toString(compute.flop()));
    } else if (work instanceof Training.TokensTimesParameters product) {
      put(UsageColumn.TOKENS, Double.toString(product.tokens()));
      put(UsageColumn.ACTIVE_PARAMETERS, Double.toString(product.activeParameters()));
    } else if (work instanceof MeteredEnergy energy) {
      put(UsageColumn.METERED_KWH, Double.toString(energy.meteredKwh()));
      put(UsageColumn.MODELLED_KWH, Double.toString(energy.modelledKwh()));
    }
  }

  private void put(UsageColumn column, long amount) {
    if (amount > 0) {
      put(column, Long.toString(amount));
    }
  }

  private void put(UsageColumn column, String amount) {
    values.put(column, amount);
  }
}
