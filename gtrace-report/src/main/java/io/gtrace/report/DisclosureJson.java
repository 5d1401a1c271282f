package io.gtrace.report;

import io.gtrace.governance.disclosure.Account;
import io.gtrace.governance.disclosure.Answer;
import io.gtrace.governance.disclosure.Breach;
import io.gtrace.governance.disclosure.Entry;
import io.gtrace.governance.disclosure.Figure;
import io.gtrace.governance.disclosure.Form;
import io.gtrace.governance.disclosure.Standard;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Forms as JSON. */
public final class DisclosureJson {
  private final JsonGenerator json;
  private final Path ledger;

  private DisclosureJson(JsonGenerator json, Path ledger) {
    this.json = json;
    this.ledger = ledger;
  }

  /**
   * @param ledger folder that questions are put to
   */
  public static String of(List<Form> forms, Path ledger) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("forms");
      forms.forEach(new DisclosureJson(json, ledger)::form);
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private void form(Form form) {
    Standard standard = form.standard();
    json.writeStartObject();
    json.writeStringProperty("standard", standard.id());
    json.writeStringProperty("title", standard.title());
    json.writeStringProperty("act", standard.act());
    json.writeStringProperty("status", standard.status().label());
    json.writeStringProperty("date", standard.date().toString());
    json.writeStringProperty("source", standard.source());
    json.writeStringProperty("mark", standard.mark());
    json.writeStringProperty("note", standard.note());
    json.writeStringProperty("taxonomy", standard.taxonomy());
    json.writeStringProperty("organisation", form.organisation());
    json.writeStringProperty("period", form.period().toString());
    form.notApplicable().ifPresent(why -> json.writeStringProperty("notApplicable", why));
    json.writeNumberProperty("filled", form.filledRequired());
    json.writeNumberProperty("required", form.required());
    json.writeArrayPropertyStart("fields");
    form.entries().forEach(entry -> entry(form, entry));
    json.writeEndArray();
    json.writeArrayPropertyStart("breaches");
    form.breaches().forEach(this::breach);
    json.writeEndArray();
    strings("remarks", form.remarks());
    json.writeEndObject();
  }

  private void entry(Form form, Entry entry) {
    json.writeStartObject();
    json.writeStringProperty("id", entry.field().id());
    json.writeStringProperty("section", entry.field().section());
    json.writeStringProperty("label", entry.field().label());
    json.writeBooleanProperty("required", entry.field().isRequired());
    json.writeBooleanProperty("draft", entry.field().isDraft() || !form.standard().isInForce());
    json.writeStringProperty("state", entry.state().label());
    json.writeStringProperty("xbrl", entry.field().xbrl());
    json.writeStringProperty("reason", entry.reason());
    strings("audience", entry.field().audience());
    json.writeArrayPropertyStart("answers");
    entry.answers().forEach(answer -> answer(entry, answer));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void answer(Entry entry, Answer answer) {
    json.writeStartObject();
    json.writeStringProperty("key", answer.key());
    json.writeStringProperty("shown", answer.shown());
    json.writeStringProperty("origin", answer.origin());
    if (answer instanceof Answer.Computed computed) {
      figure(computed.figure());
    } else if (answer.number().isPresent()) {
      json.writeNumberProperty("value", answer.number().getAsDouble());
      entry.field().unit().ifPresent(unit -> json.writeStringProperty("unit", unit.symbol()));
    }
    json.writeEndObject();
  }

  private void figure(Figure figure) {
    json.writeNumberProperty("value", figure.value().value());
    json.writeNumberProperty("low", figure.value().low());
    json.writeNumberProperty("high", figure.value().high());
    json.writeStringProperty("unit", figure.unit().symbol());
    strings("accounts", figure.accounts().stream().map(Account::label).sorted().toList());
    figure.trace().command(ledger).ifPresent(command -> json.writeStringProperty("query", command));
    json.writeBooleanProperty("queryGivesTheFigure", figure.trace().isWhole());
    strings("evidence", figure.trace().evidence());
    strings("factorSets", figure.trace().factorSets());
    json.writeStringProperty("seal", figure.trace().seal());
  }

  private void breach(Breach breach) {
    json.writeStartObject();
    json.writeStringProperty("rule", breach.rule().kind().name());
    json.writeStringProperty("field", breach.field());
    json.writeStringProperty("remark", breach.remark());
    json.writeStringProperty("because", breach.rule().because());
    json.writeEndObject();
  }

  private void strings(String name, Collection<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
