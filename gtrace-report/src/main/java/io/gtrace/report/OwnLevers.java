package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Levers that follow from an account alone: what its own cleanest site and leanest model show. */
final class OwnLevers {
  private static final int MOVES_SHOWN = 3;
  private static final double WORTH_SAYING = 0.01;

  private final Account account;
  private final double totalKg;

  private OwnLevers(Account account) {
    this.account = account;
    totalKg = account.total().footprint().median(Impact.CARBON_KG);
  }

  static List<Lever> of(Account account) {
    OwnLevers own = new OwnLevers(account);
    List<Lever> levers = new ArrayList<>(own.moves());
    own.leanerModel().or(own::lessOfTheHeaviest).ifPresent(levers::add);
    levers.removeIf(lever -> lever.savedCarbonKg().median() < WORTH_SAYING * own.totalKg);
    levers.removeIf(lever -> lever.savedCarbonKg().median() <= 0);
    return levers;
  }

  /** The largest savings from running the work of one site where the grid is cleanest. */
  private List<Lever> moves() {
    List<Line> sites =
        account.by(Dimension.SITE).stream().filter(OwnLevers::canTakeOtherWork).toList();
    Optional<Line> cleanest =
        sites.stream().min(Comparator.comparingDouble(OwnLevers::medianIntensity));
    if (cleanest.isEmpty()) {
      return List.of();
    }
    return sites.stream()
        .filter(site -> !site.key().equals(cleanest.get().key()))
        .map(site -> move(site, cleanest.get()))
        .sorted(
            Comparator.comparingDouble((Lever lever) -> lever.savedCarbonKg().median()).reversed())
        .limit(MOVES_SHOWN)
        .toList();
  }

  /** A user's own device neither gives its work away nor takes any. */
  private static boolean canTakeOtherWork(Line site) {
    return !site.key().isEmpty()
        && !site.key().contains("@")
        && site.footprint().median(Impact.ENERGY_KWH) > 0;
  }

  private static double medianIntensity(Line site) {
    return intensity(site.footprint()).median();
  }

  private static Drawn intensity(Footprint footprint) {
    return Drawn.of(footprint, Impact.OPERATIONAL_LOCATION_BASED_KG)
        .over(Drawn.of(footprint, Impact.ENERGY_KWH));
  }

  private Lever move(Line from, Line to) {
    Drawn saved =
        Drawn.of(from.footprint(), Impact.OPERATIONAL_LOCATION_BASED_KG)
            .minus(Drawn.of(from.footprint(), Impact.ENERGY_KWH).times(intensity(to.footprint())));
    return new Lever(
        "Run the work of " + from.key() + " in " + to.key(),
        saved.quantity(),
        "The same electricity would come at "
            + grams(to)
            + " instead of "
            + grams(from)
            + " g CO2e per kWh, from the cleanest grid that this account already uses. Embodied"
            + " carbon stays. Latency, capacity and where data may go are not weighed.");
  }

  private static String grams(Line site) {
    return Figures.rounded(1000 * medianIntensity(site));
  }

  /** Half of the heaviest model's tokens from the leanest one: fair only if all of it is text. */
  private Optional<Lever> leanerModel() {
    List<Line> modalities = account.by(Dimension.MODALITY);
    boolean onlyText = modalities.size() == 1 && modalities.get(0).key().equals("text");
    List<Line> models =
        account.by(Dimension.MODEL).stream()
            .filter(line -> line.tokens() > 0 && !line.key().isEmpty())
            .toList();
    if (!onlyText || models.size() < 2) {
      return Optional.empty();
    }
    Line heaviest =
        models.stream().max(Comparator.comparingDouble(OwnLevers::carbon)).orElseThrow();
    Line leanest =
        models.stream()
            .min(Comparator.comparingDouble(line -> energyPerToken(line).median()))
            .orElseThrow();
    return heaviest.key().equals(leanest.key())
        ? Optional.empty()
        : Optional.of(halfOf(heaviest, leanest));
  }

  private static double carbon(Line line) {
    return line.footprint().median(Impact.CARBON_KG);
  }

  private static Drawn energyPerToken(Line line) {
    return Drawn.of(line.footprint(), Impact.ENERGY_KWH).times(1 / line.tokens());
  }

  private static Lever halfOf(Line heavy, Line lean) {
    Drawn electricity =
        Drawn.of(heavy.footprint(), Impact.ENERGY_KWH)
            .minus(energyPerToken(lean).times(heavy.tokens()));
    Drawn hardware =
        Drawn.of(heavy.footprint(), Impact.EMBODIED_KG)
            .minus(
                Drawn.of(lean.footprint(), Impact.EMBODIED_KG)
                    .times(heavy.tokens() / lean.tokens()));
    Drawn saved = electricity.times(intensity(heavy.footprint())).plus(hardware).times(0.5);
    return new Lever(
        "Give half of the tokens of " + heavy.key() + " to " + lean.key(),
        saved.quantity(),
        "Each model keeps its energy per token of this account, on the grids where "
            + heavy.key()
            + " runs now. This holds where the leaner model is good enough and answers at like"
            + " length.");
  }

  private Optional<Lever> lessOfTheHeaviest() {
    return account.by(Dimension.MODEL).stream()
        .filter(line -> !line.key().isEmpty())
        .max(Comparator.comparingDouble(OwnLevers::carbon))
        .map(OwnLevers::aTenthLess);
  }

  private static Lever aTenthLess(Line line) {
    Quantity saved = Drawn.of(line.footprint(), Impact.CARBON_KG).times(0.1).quantity();
    return new Lever(
        "Do without a tenth of the work of " + line.key(),
        saved,
        "Answer repeated work from a cache, make outputs smaller or shorter, and leave out work"
            + " whose result nobody uses.");
  }
}
