package io.gtrace.simulation.study;

import io.gtrace.footprint.Footprint;

/** What one run cost, as a whole and in parts. */
interface MemberPrices {
  Footprint total();

  /** Of it fleets in hours in which they made nothing; part of no country. */
  Footprint idle();

  Footprint ofCohort(int cohort);

  Footprint ofVenue(int venue);

  /** A run that made nothing that could be priced. */
  record None(Footprint nothing) implements MemberPrices {
    @Override
    public Footprint total() {
      return nothing;
    }

    @Override
    public Footprint idle() {
      return nothing;
    }

    @Override
    public Footprint ofCohort(int cohort) {
      return nothing;
    }

    @Override
    public Footprint ofVenue(int venue) {
      return nothing;
    }
  }
}
