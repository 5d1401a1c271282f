package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;

/** The kind of hardware that a model runs on and how it is shared. */
public sealed interface Deployment {
  Accelerator accelerator();

  /** Short name, unique among deployments. */
  String label();

  /** Servers in a data centre, many requests at once. */
  record DataCentre(Accelerator accelerator) implements Deployment {
    @Override
    public String label() {
      return "datacentre:" + accelerator.id();
    }
  }

  /** A device at its user's, one request at a time. */
  record Edge(Accelerator accelerator) implements Deployment {
    @Override
    public String label() {
      return "edge:" + accelerator.id();
    }
  }
}
