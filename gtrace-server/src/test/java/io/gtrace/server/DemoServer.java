package io.gtrace.server;

import io.gtrace.governance.demo.DemoOrganisation;
import io.gtrace.ledger.Reading;
import io.gtrace.server.api.ApiOptions;
import io.gtrace.server.study.StudyLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A server that keeps the ledger of the demo's organisation and knows its profile. */
final class DemoServer {
  private DemoServer() {}

  /** The demo in a folder, which is filled. */
  static DemoOrganisation made(Path folder) {
    return DemoOrganisation.make(
        folder, TestServer.ratecard(), Clock.systemUTC(), Reading.SILENT, "test");
  }

  static TestServer of(DemoOrganisation demo) {
    return TestServer.on(
        demo.ledger(),
        new ApiOptions(
            Map.of(ServerOptions.ONLY_ORGANISATION, demo.profile()), Map.of(), StudyLimits.USUAL));
  }
}
