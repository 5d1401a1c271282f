package io.gtrace.report;

import io.gtrace.activity.Activity;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.ratecard.CardRow;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What a figure is the figure of.
 *
 * @param modality what was made
 * @param model the model; for training the accelerator
 * @param site where it ran
 * @param notes what was assumed on the way
 */
public record Subject(String modality, String model, String site, List<String> notes) {
  public Subject {
    notes = List.copyOf(notes);
  }

  /** An activity as the row of the card that prices it names it. */
  public static Subject of(Activity activity, CardRow row) {
    List<String> notes = new ArrayList<>(row.notes());
    notes.addAll(openSizes(activity, row));
    return new Subject(activity.modality().label(), row.model(), row.site(), notes);
  }

  /** What a model's usual sizes stand in for, where they decide the figure. */
  public static List<String> openSizes(Activity activity, CardRow row) {
    return activity instanceof VideoGeneration video && video.seconds() == 0 && video.frames() == 0
        ? List.of(
            "neither seconds nor frames given: a video is taken to be "
                + Figures.rounded(video.seconds(row.defaults()))
                + " s long ("
                + row.defaults().frames()
                + " frames)")
        : List.of();
  }

  /** The same with what was assumed of something that is charged beside it. */
  public Subject withNotes(List<String> further, String prefix) {
    List<String> all = new ArrayList<>(notes);
    further.forEach(note -> all.add(prefix + note));
    return new Subject(modality, model, site, all);
  }

  /** An activity as its caller names it. */
  public static Subject asNamed(Activity activity) {
    return new Subject(
        activity.modality().label(),
        activity.model(),
        activity.context().site().label(),
        List.of());
  }

  /** The model and where it ran, as one name. */
  public String series() {
    return model + " at " + site;
  }

  /** Writes it as properties of an object that is open. */
  public void writeTo(JsonGenerator json) {
    json.writeStringProperty("modality", modality);
    json.writeStringProperty("model", model);
    json.writeStringProperty("site", site);
    json.writeArrayPropertyStart("notes");
    notes.forEach(json::writeString);
    json.writeEndArray();
  }
}
