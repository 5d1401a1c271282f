package io.gtrace.simulation.use;

import io.gtrace.simulation.Within;

/**
 * A kind of output, such as a square image or an edit of a photo.
 *
 * @param id short name
 * @param share of all outputs, 0 to 1
 */
public record OutputKind(String id, double share) {
  public OutputKind {
    Within.require("share of output " + id, share, 0, 1);
  }
}
