package io.gtrace.activity;

/**
 * Training spread evenly over the requests that a model serves in its life, so that each request is
 * charged with its share. Off unless asked for: the share depends on a forecast of use.
 *
 * @param training what was done to train the model
 * @param servedRequests requests over the life of the model, 1 to 10^15
 */
public record Amortisation(Training training, double servedRequests) {
  public Amortisation {
    if (!(servedRequests >= 1 && servedRequests <= 1e15)) {
      throw new InvalidAmountException(
          "servedRequests", "must be 1 to 10^15, not " + servedRequests);
    }
  }

  /** The share of the training that an activity with these volumes is charged with. */
  public double share(Volumes volumes) {
    return volumes.get(Driver.REQUESTS) / servedRequests;
  }
}
