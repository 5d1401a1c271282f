package io.gtrace.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/**
 * What is packaged.
 *
 * @param version of all modules
 * @param time the time that all files have, so that the same version gives the same bytes
 */
record Release(String version, Instant time) {
  /** The release that this code was built for. */
  static Release built() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Release.class.getResourceAsStream("release.properties"))) {
      properties.load(in);
    }
    return new Release(
        properties.getProperty("version"), Instant.parse(properties.getProperty("time")));
  }

  /** The name of the folder that is unpacked. */
  String imageName() {
    return "gtrace-" + version + "-linux-x64";
  }
}
