package io.gtrace.report;

import io.gtrace.validation.Validation;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Validations as one JSON object with an object for each modality. */
public final class ValidationJson {
  private ValidationJson() {}

  public static String of(List<Validation> validations) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      for (Validation validation : validations) {
        json.writeObjectPropertyStart(validation.modality().label());
        json.writeNumberProperty("rows", validation.rows());
        json.writeNumberProperty("models", validation.models());
        json.writeNumberProperty(
            "medianAbsolutePercentageError", validation.medianAbsolutePercentageError());
        json.writeNumberProperty(
            "p90AbsolutePercentageError", validation.p90AbsolutePercentageError());
        json.writeNumberProperty("medianSignedError", validation.medianSignedError());
        json.writeNumberProperty("coverage50", validation.coverage50());
        json.writeNumberProperty("coverage90", validation.coverage90());
        json.writeNumberProperty("medianIntervalRatio", validation.medianIntervalRatio());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}
