package io.gtrace.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditLogTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  private List<JsonNode> lines() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("audit.jsonl"))) {
      return lines.map(JsonMapper.shared()::readTree).toList();
    }
  }

  @Test
  void nobodyCanWriteALineOfTheirOwn() throws IOException {
    String forged = "ci\"}\n{\"who\":\"root\"}\r\n\u2028\u0000";
    try (AuditLog log = AuditLog.in(folder, now::get)) {
      log.did(new AuditLog.Entry(forged, "POST /\n", "127.0.0.1", "403"));
      log.did(new AuditLog.Entry("x".repeat(10_000), "", "", ""));
    }
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0).get("who").asString()).isEqualTo(forged);
    assertThat(lines().get(0).get("at").asString()).isEqualTo(START.toString());
    assertThat(lines().get(1).get("who").asString()).hasSizeLessThan(400);
  }

  @Test
  void aSourceIsWrittenDownWhole() throws IOException {
    String source = "s".repeat(500);
    try (AuditLog log = AuditLog.in(folder, now::get)) {
      log.did(new AuditLog.Entry("ada", "w".repeat(400), "127.0.0.1", "given", source));
      log.did(new AuditLog.Entry("ada", "", "127.0.0.1", "given", source + source));
      log.did(new AuditLog.Entry("ada", "", "127.0.0.1", "201"));
    }
    assertThat(lines().get(0).get("source").asString()).isEqualTo(source);
    assertThat(lines().get(1).get("source").asString()).isEqualTo(source + "…");
    assertThat(lines().get(2).has("source")).isFalse();
  }

  @Test
  void whatIsSentIsSummed() throws IOException {
    try (AuditLog log = AuditLog.in(folder, now::get)) {
      log.sent("ci", 10, 1);
      log.sent("ci", 20, 0);
      now.set(START.plusSeconds(61));
      log.sent("other", 5, 0);
      log.sent("ci", 7, 0);
    }
    assertThat(
            lines().stream()
                .filter(each -> each.get("who").asString().equals("ci"))
                .map(each ->
                    each.get("requests").asInt()
                        + " "
                        + each.get("accepted").asInt()
                        + " "
                        + each.get("refused").asInt()))
        .containsExactly("2 30 1", "1 7 0");
  }

  @Test
  void oldFilesMakeWay() throws IOException {
    try (AuditLog log = new AuditLog(folder, now::get, 1000)) {
      for (int i = 0; i < 200; i++) {
        log.did(new AuditLog.Entry("ci", "POST /v1/studies/" + i, "127.0.0.1", "201"));
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.toList())
            .hasSizeBetween(5, 6)
            .allSatisfy(each -> assertThat(Files.size(each)).isLessThan(1200));
      }
      log.did(new AuditLog.Entry("last", "", "", ""));
      assertThat(Files.readString(folder.resolve("audit.jsonl"))).contains("last");
    }
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    try (AuditLog log = AuditLog.in(folder, now::get)) {
      log.did(new AuditLog.Entry("ci", "", "", ""));
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("audit.jsonl"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whereItCannotBeWrittenWorkGoesOn() throws IOException {
    Files.createDirectory(folder.resolve("audit.jsonl"));
    try (AuditLog log = AuditLog.in(folder, now::get)) {
      log.did(new AuditLog.Entry("ci", "", "", ""));
      log.sent("ci", 1, 0);
    }
    assertThat(folder.resolve("audit.jsonl")).isEmptyDirectory();
  }

  @Test
  void strangersDoNotPushOutWhatOthersDid() throws IOException {
    try (AuditLog log = AuditLog.in(folder, now::get)) {
      log.did(new AuditLog.Entry("ci", "POST /v1/studies", "127.0.0.1", "202"));
      for (int i = 0; i < 1_000; i++) {
        log.refused(new AuditLog.Entry("nobody", "GET /" + i, "192.0.2.1", "401"));
        log.refused(new AuditLog.Entry("nobody", "GET /", "2001:db8::" + i, "401"));
      }
    }
    assertThat(lines()).hasSizeLessThan(250);
    assertThat(lines().get(0).get("who").asString()).isEqualTo("ci");
    assertThat(lines())
        .anySatisfy(line -> {
          assertThat(line.path("from").asString("")).isEqualTo("192.0.2.1");
          assertThat(line.path("requests").asInt(0)).isEqualTo(999);
        });
  }
}
