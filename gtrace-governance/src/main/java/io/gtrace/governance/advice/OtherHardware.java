package io.gtrace.governance.advice;

import io.gtrace.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Runs in a data centre of the same grid what runs on people's devices. */
record OtherHardware() implements Action {
  @Override
  public Description about() {
    return new Description(
        "data-centre",
        "Run in a data centre what runs on people's devices",
        "work on devices of people",
        Effort.CODE,
        List.of(),
        "Devices are there for other reasons and wear on; that data leaves the device is not"
            + " valued.");
  }

  @Override
  public Change applied(List<Load> loads, Replay replay) {
    List<Load> changed = new ArrayList<>();
    Set<String> moved = new TreeSet<>();
    for (Load load : loads) {
      if (load.workload().allows(about().id())
          && Site.parse(load.site()) instanceof Site.EdgeDevice edge) {
        moved.add(edge.label() + " to " + edge.zone());
        changed.add(load.at(edge.zone(), load.hours()));
      } else {
        changed.add(load);
      }
    }
    return new Change(
        changed, String.join(", ", moved), List.of("data leaves the device"), Optional.empty());
  }
}
