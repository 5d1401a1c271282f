package io.gtrace.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark in this process, for tests. */
final class LocalSpark {
  private LocalSpark() {}

  /**
   * @param folder for what Spark leaves behind
   */
  static SparkSession.Builder in(Path folder) {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", folder.resolve("local").toString())
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString());
  }
}
