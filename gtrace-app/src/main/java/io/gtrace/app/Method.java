package io.gtrace.app;

/** How an activity is priced. */
enum Method {
  /** Physical laws fitted to measurements, with shared uncertainty. */
  gtrace,
  /** The same as a Software Carbon Intensity. */
  sci,
  /** The published EcoLogits methodology. */
  ecologits
}
