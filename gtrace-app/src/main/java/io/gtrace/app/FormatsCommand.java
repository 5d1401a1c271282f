package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.ledger.format.FormatDefinition;
import io.gtrace.ledger.format.Formats;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "formats",
    mixinStandardHelpOptions = true,
    description = {
      "Formats of usage files that are told by their content.",
      "Beside them: CSV, JSON lines and Parquet with columns by name (docs/usage-files.md)."
    },
    footer = {"", "Example: gtrace formats --format csv"})
final class FormatsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private TableFormat format = new TableFormat();

  @Override
  public Integer call() {
    List<Column<FormatDefinition>> columns =
        List.of(
            Column.of("format", "format", FormatDefinition::id),
            Column.of("what", "title", FormatDefinition::title),
            Column.forFiles("accounts", FormatDefinition::accounts),
            Column.of("checked against", "checked", each -> each.checked().label()),
            Column.forFiles("note", FormatDefinition::note),
            Column.forFiles("documentation", FormatDefinition::documentation));
    PrintWriter out = Console.out(spec);
    new TextTable<>(columns, Formats.shipped().all()).print(out, format.chosen());
    out.flush();
    return ExitCode.DONE;
  }
}
