package io.gtrace.simulation.study;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Context;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.simulation.Within;
import io.gtrace.simulation.use.OutputKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The kinds of output of a study, and the activity that one of them is. */
final class Outputs {
  private static final String LIST = "/use/outputs";

  private final StudyTree tree;
  private final StudyNumbers numbers;

  Outputs(StudyTree tree, StudyNumbers numbers) {
    this.tree = tree;
    this.numbers = numbers;
  }

  int count() {
    return tree.at(LIST).size();
  }

  List<OutputKind> kinds() {
    List<OutputKind> kinds = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      String pointer = LIST + "/" + i;
      kinds.add(
          new OutputKind(tree.at(pointer + "/id").stringValue(), numbers.of(pointer + "/share")));
    }
    try {
      Within.requireWhole("shares", kinds.stream().map(OutputKind::share).toList());
    } catch (IllegalArgumentException wrong) {
      throw tree.fault(LIST, String.valueOf(wrong.getMessage()));
    }
    return kinds;
  }

  /** One output of a kind by a model. */
  Activity activity(int kind, String model) {
    String pointer = LIST + "/" + kind;
    if (tree.has(pointer + "/image")) {
      JsonNode image = tree.at(pointer + "/image");
      return new ImageGeneration(
          model,
          1,
          image.path("width").intValue(0),
          image.path("height").intValue(0),
          image.path("steps").intValue(0),
          image.path("input-images").intValue(0),
          Context.UNKNOWN);
    }
    if (tree.has(pointer + "/video")) {
      return video(tree.at(pointer + "/video"), model);
    }
    JsonNode text = tree.at(pointer + "/text");
    return TextGeneration.of(
        model, text.path("input-tokens").longValue(0), text.path("output-tokens").longValue());
  }

  private static Activity video(JsonNode video, String model) {
    return new VideoGeneration(
        model,
        1,
        video.path("seconds").doubleValue(),
        0,
        0,
        video.path("width").intValue(0),
        video.path("height").intValue(0),
        video.path("steps").intValue(0),
        Context.UNKNOWN);
  }
}
