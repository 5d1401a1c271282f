package io.gtrace.bench.disclosure;

import io.gtrace.activity.Context;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.Modality;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.VideoGeneration;
import io.gtrace.activity.Volumes;
import io.gtrace.estimate.Deployment;
import io.gtrace.estimate.Estimators;
import io.gtrace.estimate.FactorState;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.factor.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What was published of single answers, images and videos. */
final class PublishedOutputs {
  private static final double WH_PER_KWH = 1000;
  private static final double G_PER_KG = 1000;
  private static final double ML_PER_L = 1000;

  private final FactorCatalogue catalogue;

  PublishedOutputs(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** All figures of the shipped rows, in their order. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (PublishedRow row : PublishedRow.of(PublishedRow.OUTPUTS)) {
      add(figures, row);
    }
    return figures;
  }

  private void add(List<Figure> figures, PublishedRow row) {
    String subject = row.required("subject");
    String citation = row.required("citation");
    Work work = work(row, subject);
    Facility facility = Facility.of(catalogue, row, subject);
    row.number("energy_wh")
        .ifPresent(published ->
            figures.add(
                new Figure(
                    subject,
                    "energy",
                    citation,
                    published,
                    "Wh",
                    state -> facility.kwh(work.in(state), state) * WH_PER_KWH)));
    row.number("carbon_g")
        .ifPresent(published ->
            figures.add(
                new Figure(
                    subject,
                    "carbon",
                    citation,
                    published,
                    "g",
                    state -> facility.carbonKg(work.in(state), state) * G_PER_KG)));
    row.number("water_ml")
        .ifPresent(published ->
            figures.add(
                new Figure(
                    subject,
                    "water",
                    citation,
                    published,
                    "mL",
                    state -> facility.waterL(work.in(state), state) * ML_PER_L)));
  }

  private Work work(PublishedRow row, String subject) {
    Modality modality = Modality.valueOf(row.required("modality").toUpperCase(Locale.ROOT));
    Model model = catalogue.model(row.required("model"), modality, Fallback.REFUSE);
    Deployment deployment =
        new Deployment.DataCentre(catalogue.accelerator(row.required("accelerator")));
    return new Work(new Estimators(catalogue).of(model, deployment), volumes(row, subject, model));
  }

  private static Function<FactorState, Volumes> volumes(
      PublishedRow row, String subject, Model model) {
    return switch (model.modality()) {
      case TEXT -> textVolumes(row, subject, model);
      case IMAGE -> known(image(row, model).volumes(model.defaults()));
      case VIDEO -> known(video(row, model).volumes(model.defaults()));
      default -> throw row.wrong("modality", "must be text, image or video");
    };
  }

  private static Function<FactorState, Volumes> known(Volumes volumes) {
    return state -> volumes;
  }

  private static Function<FactorState, Volumes> textVolumes(
      PublishedRow row, String subject, Model model) {
    Factor input = OpenQuantity.between(row, subject, "input_tokens");
    Factor output = OpenQuantity.between(row, subject, "output_tokens");
    return state ->
        TextGeneration.of(model.id(), Math.round(state.of(input)), Math.round(state.of(output)))
            .volumes(model.defaults());
  }

  private static ImageGeneration image(PublishedRow row, Model model) {
    return ImageGeneration.of(model.id(), 1)
        .sized(row.count("width_px"), row.count("height_px"))
        .withSteps(row.count("steps"));
  }

  private static VideoGeneration video(PublishedRow row, Model model) {
    return new VideoGeneration(
        model.id(),
        1,
        0,
        0,
        row.count("frames"),
        row.count("width_px"),
        row.count("height_px"),
        row.count("steps"),
        Context.UNKNOWN);
  }
}
