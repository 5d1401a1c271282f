package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.VarianceShare;
import io.gtrace.report.FootprintJson;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Trace;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "How a figure comes about: the tree from the figure down to its sources.",
    footer = {
      "",
      "Example: gtrace explain image --model flux.1-dev --count 1 --region rtx-4090@DE"
    })
final class ExplainCommand implements ActivityAction {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public int act(Estimating estimating, List<Activity> activities, OutputFormat format) {
    estimating.requireOwnMethod();
    Activity activity = ActivityAction.one(activities);
    PrintWriter out = Console.out(spec);
    Footprint footprint = estimating.estimate(activity);
    Trace trace = estimating.explain(activity);
    List<VarianceShare> shares = estimating.sensitivity(activity);
    switch (format) {
      case json ->
          out.println(
              FootprintJson.of(
                  json -> {
                    estimating.subject(activity).writeTo(json);
                    FootprintJson.varianceShares(json, shares);
                  },
                  footprint,
                  List.of(trace)));
      case csv -> {
        out.println("depth,name,value,low,high,unit,formula,tier,source,year,licence");
        csv(out, trace, 0);
      }
      case text -> {
        text(out, trace, "", "");
        WidthText.print(out, shares);
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void text(PrintWriter out, Trace node, String first, String rest) {
    out.println(first + line(node));
    if (!node.formula().isEmpty() && !node.formula().equals("given")) {
      out.println(rest + (node.parts().isEmpty() ? "  " : "│ ") + "= " + node.formula());
    }
    node.provenance().ifPresent(source -> out.println(rest + "    " + sourceOf(source)));
    node.notes().forEach(note -> out.println(rest + "    note: " + note));
    for (int i = 0; i < node.parts().size(); i++) {
      boolean last = i == node.parts().size() - 1;
      text(out, node.parts().get(i), rest + (last ? "└ " : "├ "), rest + (last ? "  " : "│ "));
    }
  }

  private static String line(Trace node) {
    StringBuilder text = new StringBuilder(node.name()).append(": ").append(number(node.value()));
    if (!node.unit().isEmpty()) {
      text.append(' ').append(node.unit());
    }
    if (node.low().isPresent() && node.high().isPresent()) {
      text.append(" (")
          .append(number(node.low().getAsDouble()))
          .append(" to ")
          .append(number(node.high().getAsDouble()))
          .append(')');
    }
    return text.toString();
  }

  private static String sourceOf(Provenance source) {
    return source.tier().label() + ": " + source.source() + ", " + source.year();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static void csv(PrintWriter out, Trace node, int depth) {
    out.println(
        String.join(
            ",",
            Integer.toString(depth),
            quoted(node.name()),
            Double.toString(node.value()),
            node.low().isPresent() ? Double.toString(node.low().getAsDouble()) : "",
            node.high().isPresent() ? Double.toString(node.high().getAsDouble()) : "",
            quoted(node.unit()),
            quoted(node.formula()),
            node.provenance().map(p -> p.tier().label()).orElse(""),
            quoted(node.provenance().map(Provenance::source).orElse("")),
            node.provenance().map(p -> Integer.toString(p.year())).orElse(""),
            quoted(node.provenance().map(Provenance::licence).orElse(""))));
    node.parts().forEach(part -> csv(out, part, depth + 1));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
