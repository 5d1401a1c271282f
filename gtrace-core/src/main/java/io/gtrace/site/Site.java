package io.gtrace.site;

import java.util.Optional;

/** Where a model ran. Names are resolved against the factor catalogue when figures are asked. */
public sealed interface Site {

  /**
   * Reads the short form people type: {@code eu-west-3} or {@code aws/eu-west-3} (cloud region),
   * {@code FR} or {@code US-CA} (grid zone, served from a data centre there), {@code rtx-4090@DE}
   * (edge device on the grid of a zone), empty (wherever the provider usually runs the model).
   *
   * @throws IllegalArgumentException if {@code @} has nothing on one of its sides
   */
  static Site parse(String text) {
    String name = text.strip();
    if (name.isEmpty()) {
      return new ProviderDefault();
    }
    int at = name.lastIndexOf('@');
    if (at < 0) {
      return new Place(name);
    }
    String device = name.substring(0, at).strip();
    String zone = name.substring(at + 1).strip();
    if (device.isEmpty() || zone.isEmpty()) {
      throw new IllegalArgumentException(
          "an edge device is written DEVICE@ZONE, as in rtx-4090@DE, not " + text);
    }
    return new EdgeDevice(device, zone);
  }

  /** The short form that {@link #parse} reads; an own data centre gives its name. */
  String label();

  /** A cloud region, a grid zone, or an own data centre declared in the user's factor file. */
  record Place(String name) implements Site {
    @Override
    public String label() {
      return name;
    }

    // Written out for the sake of short commands: made up by the virtual machine, these cost more
    // than an estimate.

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place that && name.equals(that.name);
    }
  }

  /** Wherever the provider of the model usually runs it. */
  record ProviderDefault() implements Site {
    @Override
    public String label() {
      return "";
    }
  }

  /**
   * A data centre of one's own.
   *
   * @param name what it is called in reports
   * @param zone grid zone that feeds it
   * @param pue power usage effectiveness, 1 to 5
   * @param wueLPerKwh litres of water used on site for each kWh of IT energy, 0 to 20
   * @param contract how its electricity is bought, for market-based figures; empty where there is
   *     no contract
   * @param accelerator the accelerator there; empty for the usual data-centre mix
   */
  record OwnDataCentre(
      String name,
      String zone,
      double pue,
      double wueLPerKwh,
      Optional<Contract> contract,
      Optional<String> accelerator)
      implements Site {
    public OwnDataCentre {
      if (!(pue >= 1 && pue <= 5)) {
        throw new IllegalArgumentException("pue must be 1 to 5, not " + pue);
      }
      if (!(wueLPerKwh >= 0 && wueLPerKwh <= 20)) {
        throw new IllegalArgumentException("wue must be 0 to 20 L/kWh, not " + wueLPerKwh);
      }
    }

    @Override
    public String label() {
      return name;
    }
  }

  /**
   * A device at its user's: home GPU, laptop, phone. It draws from its user's grid and has no
   * cooling plant of its own, so no PUE.
   *
   * @param device the device as the catalogue names it
   * @param zone grid zone of its user
   */
  record EdgeDevice(String device, String zone) implements Site {
    @Override
    public String label() {
      return device + "@" + zone;
    }
  }
}
