package io.gtrace.app;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.LedgerReprice;
import io.gtrace.report.Figures;
import io.gtrace.report.FootprintJson;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "reprice",
    mixinStandardHelpOptions = true,
    description = {
      "Price a ledger with the factors at hand, and say what that changes (a restatement).",
      "What was sealed stays: gtrace query --as-sealed gives the old figures."
    },
    footer = {"", "Example: gtrace ledger reprice --ledger ledger --factors factors.yaml"})
final class LedgerRepriceCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private LedgerOption ledger = new LedgerOption();
  @Mixin private FactorFile factors = new FactorFile();
  @Mixin private WriterWait wait = new WriterWait();

  @Mixin private TextOrJson format = new TextOrJson();

  @Override
  public Integer call() {
    LedgerReprice.Restatement restated =
        new LedgerReprice(LedgerCard.of(factors), Clock.systemUTC(), Main.version())
            .reprice(ledger.open(), wait.duration());
    PrintWriter out = Console.out(spec);
    Footprint before = restated.before().footprint();
    Footprint after = restated.after().footprint();
    if (format.isJson()) {
      JsonLine.print(
          out,
          json -> {
            json.writeBooleanProperty("repriced", restated.seal().isPresent());
            json.writeName("before");
            json.writeRawValue(FootprintJson.of(before, List.of()));
            json.writeName("after");
            json.writeRawValue(FootprintJson.of(after, List.of()));
          });
    } else if (restated.seal().isEmpty()) {
      out.println("priced by these factors already: nothing was changed");
    } else {
      out.println(
          Numbers.counted((double) restated.after().activities(), "activity", "activities")
              + " priced anew");
      tell(out, "energy", before, after, Impact.ENERGY_KWH, Figures::energy);
      tell(out, "carbon", before, after, Impact.CARBON_KG, Figures::carbon);
      tell(out, "water ", before, after, Impact.WATER_L, Figures::water);
      out.println("The figures that were sealed: gtrace query --as-sealed");
      restated.note().ifPresent(note -> out.println("note: " + note));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void tell(
      PrintWriter out,
      String name,
      Footprint before,
      Footprint after,
      Impact impact,
      Function<Quantity, String> inWords) {
    out.println(
        "  "
            + name
            + "  "
            + inWords.apply(before.quantity(impact).orElse(Quantity.ZERO))
            + " became "
            + inWords.apply(after.quantity(impact).orElse(Quantity.ZERO))
            + change(before, after, impact));
  }

  private static String change(Footprint before, Footprint after, Impact impact) {
    double change = 100 * (after.median(impact) / before.median(impact) - 1);
    return String.format(Locale.ROOT, " (%+.1f %%)", change);
  }
}
