package io.gtrace.spark;

/** The version of this program. */
final class Versions {
  private Versions() {}

  /** As its jar says; {@code unknown} where it comes from no jar. */
  static String ofThis() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
