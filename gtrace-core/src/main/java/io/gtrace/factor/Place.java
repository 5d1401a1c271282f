package io.gtrace.factor;

import io.gtrace.site.Site;

/** What the name of a place turned out to mean. */
public sealed interface Place {
  /** A region of a public cloud. */
  record InCloud(CloudRegion region) implements Place {}

  /** Some data centre on this grid. */
  record OnGrid(GridZone zone) implements Place {}

  /** A data centre that the user declared. */
  record Own(Site.OwnDataCentre dataCentre) implements Place {}
}
