package io.gtrace.governance.disclosure;

import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.UnknownFactException;
import io.gtrace.governance.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Fills a form: by what can be computed, else by what the profile states. */
final class FormFiller {
  private static final String EXCUSE = "not applicable:";
  private static final int SHORTEST_REASON = 10;

  private final Standard standard;
  private final FigureBasis basis;
  private final Map<String, String> stated;
  private final List<String> remarks = new ArrayList<>();

  FormFiller(Standard standard, FigureBasis basis) {
    this.standard = standard;
    this.basis = basis;
    stated = basis.facts().profile().disclosure().getOrDefault(standard.id(), Map.of());
  }

  Form form() {
    Facts facts = basis.facts();
    stated.keySet().stream()
        .filter(name -> standard.field(name).isEmpty())
        .forEach(name -> remarks.add(remark(name, "is no field of " + standard.id())));
    Optional<String> notApplicable = unmet(standard.condition());
    List<Entry> entries =
        standard.fields().stream().map(each -> entry(each, notApplicable)).toList();
    Form form =
        new Form(
            standard,
            facts.profile().organisation(),
            facts.period(),
            notApplicable,
            entries,
            List.of(),
            remarks);
    return new Form(
        standard,
        form.organisation(),
        form.period(),
        notApplicable,
        entries,
        Validator.breaches(form),
        remarks);
  }

  /** Why a condition does not hold; where that is not known it is taken to. */
  private Optional<String> unmet(Condition condition) {
    try {
      return condition.unmet(basis.facts());
    } catch (UnknownFactException unknown) {
      return Optional.empty();
    }
  }

  private Entry entry(Field field, Optional<String> notApplicable) {
    Optional<String> unmet = notApplicable.or(() -> unmet(field.condition()));
    if (unmet.isPresent()) {
      return Entry.empty(field, Entry.State.NOT_APPLICABLE, unmet.get());
    }
    Answers computed = computed(field);
    if (!computed.found().isEmpty() && computed.lacking().isEmpty()) {
      if (stated.containsKey(field.id())) {
        remarks.add(remark(field.id(), "is not used: what is known gives this field"));
      }
      return Entry.filled(field, computed.found());
    }
    Optional<Entry> byProfile = byProfile(field);
    if (byProfile.isPresent()) {
      return byProfile.get();
    }
    String reason = String.join("; ", computed.lacking());
    return new Entry(
        field,
        field.isRequired() ? Entry.State.MISSING : Entry.State.OPEN,
        computed.found(),
        reason.isEmpty()
            ? "state it as " + place(field)
            : reason + "; or state it as " + place(field));
  }

  private String place(Field field) {
    return "disclosure: "
        + standard.id()
        + ": "
        + field.id()
        + (field.words().isEmpty() ? "" : " (" + String.join(" or ", field.words()) + ")")
        + " in the profile";
  }

  private Answers computed(Field field) {
    if (field.source().isEmpty()) {
      return new Answers(List.of(), List.of());
    }
    String unit = field.unit().map(UnitOfMeasure::symbol).orElse("");
    try {
      Answers answers = Sources.named(field.source().get(), unit).orElseThrow().of(basis);
      return new Answers(
          answers.found().stream().map(each -> inUnit(field, each)).toList(), answers.lacking());
    } catch (UnknownFactException unknown) {
      return new Answers(List.of(), List.of(String.valueOf(unknown.getMessage())));
    }
  }

  private static Answer inUnit(Field field, Answer answer) {
    return field.unit().isPresent() && answer instanceof Answer.Computed computed
        ? new Answer.Computed(computed.figure().in(field.unit().get()))
        : answer;
  }

  /** What the profile says of a field, if it says anything that can be used. */
  private Optional<Entry> byProfile(Field field) {
    String text = stated.getOrDefault(field.id(), "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.startsWith(EXCUSE)) {
      String reason = text.substring(EXCUSE.length()).strip();
      if (reason.length() < SHORTEST_REASON) {
        remarks.add(remark(field.id(), "needs the reason why it is not applicable"));
        return Optional.empty();
      }
      return Optional.of(Entry.empty(field, Entry.State.NOT_APPLICABLE, reason));
    }
    if (!field.words().isEmpty() && !field.words().contains(text)) {
      remarks.add(
          remark(field.id(), "'" + text + "' is none of " + String.join(", ", field.words())));
      return Optional.empty();
    }
    OptionalDouble number = number(text);
    if (field.unit().isPresent() && number.isEmpty()) {
      remarks.add(
          remark(
              field.id(),
              "'" + text + "' is no number; give it in " + field.unit().get().symbol()));
      return Optional.empty();
    }
    OptionalDouble kept = field.unit().isPresent() ? number : OptionalDouble.empty();
    return Optional.of(Entry.filled(field, List.of(new Answer.Stated(text, kept, at(field.id())))));
  }

  private static OptionalDouble number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException words) {
      return OptionalDouble.empty();
    }
  }

  private String pointer(String field) {
    return "/disclosure/" + standard.id() + "/" + field.replace("~", "~0").replace("/", "~1");
  }

  private String at(String field) {
    Profile profile = basis.facts().profile();
    return profile.document().place(pointer(field)) + ", disclosure." + standard.id() + "." + field;
  }

  private String remark(String field, String what) {
    return basis.facts().profile().document().remark(pointer(field), what);
  }
}
