package io.gtrace.bench.disclosure;

import io.gtrace.estimate.UnitRate;

/** Whose electricity a publisher counted, before the overhead of the facility. */
enum Boundary {
  ACCELERATORS {
    @Override
    double kwh(UnitRate work) {
      return work.acceleratorKwh();
    }
  },
  /** Accelerators and the rest of their servers. */
  MACHINES {
    @Override
    double kwh(UnitRate work) {
      return work.acceleratorKwh() + work.hostKwh();
    }
  },
  /** Machines at work and those held ready. */
  FLEET {
    @Override
    double kwh(UnitRate work) {
      return work.insideFacilityKwh();
    }
  },
  /** The fleet and, always, the overhead of the facility around it. */
  FACILITY {
    @Override
    double kwh(UnitRate work) {
      return work.insideFacilityKwh();
    }
  };

  /** Electricity of the hardware inside the boundary, kWh. */
  abstract double kwh(UnitRate work);
}
