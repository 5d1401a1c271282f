package io.gtrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.server.audit.AuditLog;
import io.gtrace.server.http.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatekeeperTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir private Path folder;

  @Test
  void whoCallsWithoutRequestsOverHttpIsHeldToTheSame() throws IOException {
    Caller ci = new Caller("ci", "a", Optional.empty(), Set.of(Scope.INGEST));
    Access known =
        bearer -> bearer.equals("right") ? Optional.of(() -> Optional.of(ci)) : Optional.empty();
    try (AuditLog log = AuditLog.in(folder, InstantSource.system())) {
      Gatekeeper gatekeeper =
          new Gatekeeper(
              List.of(known),
              Optional::empty,
              new Limits(Limits.STANDARD_RATE, System::nanoTime),
              new Sessions(InstantSource.system(), new SecureRandom()),
              caller -> log);
      assertThat(gatekeeper.require(Optional.of("Bearer right"), HERE, "Export", Scope.INGEST))
          .isEqualTo(ci);
      assertRefused(401, gatekeeper, Optional.of("Bearer wrong"), Scope.INGEST);
      assertRefused(401, gatekeeper, Optional.empty(), Scope.INGEST);
      assertRefused(403, gatekeeper, Optional.of("Bearer right"), Scope.READ);
    }
    assertThat(Files.readAllLines(folder.resolve("audit.jsonl")))
        .noneMatch(line -> line.contains("right"))
        .satisfiesExactly(
            line -> assertThat(line).contains("nobody", "Export", "401"),
            line -> assertThat(line).contains("ci", "Export", "403"),
            line -> assertThat(line).contains("nobody", "refused again", "\"requests\":1"));
  }

  private static void assertRefused(
      int status, Gatekeeper gatekeeper, Optional<String> authorization, Scope scope) {
    assertThatThrownBy(() -> gatekeeper.require(authorization, HERE, "Export", scope))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status().code()).isEqualTo(status));
  }
}
