package io.gtrace.site;

/** How the electricity of a data centre is bought: what market-based carbon goes by. */
public sealed interface Contract {

  /**
   * Matched over the year, as the GHG Protocol Scope 2 Guidance of 2015 has it: all consumption has
   * the carbon that the contract states.
   *
   * @param kgPerKwh kgCO2e of a contracted kilowatt-hour, 0 to 2
   */
  record Annual(double kgPerKwh) implements Contract {
    public Annual {
      if (!(kgPerKwh >= 0 && kgPerKwh <= 2)) {
        throw new IllegalArgumentException(
            "contract carbon must be 0 to 2 kg/kWh, not " + kgPerKwh + " (given in g/kWh?)");
      }
    }
  }

  /**
   * Matched hour by hour, as the revision of that guidance proposes that went into public
   * consultation in October 2025: what clean energy covers in the very hour of consumption has no
   * carbon in scope 2, the rest has that of the residual mix. The plants must be able to deliver to
   * the grid of the data centre; whoever declares the contract answers for that.
   */
  record Hourly(MatchedHours matched) implements Contract {}
}
