package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  @TempDir private Path folder;

  private Outcome run(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "token";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--ledger";
    all[args.length + 2] = folder.resolve("ledger").toString();
    return Outcome.of(all);
  }

  @Test
  void aTokenIsPrintedOnceAndListedWithoutItsSecret() {
    Outcome made = run("create", "--name", "ci", "--scope", "ingest,read", "--team", "search");
    assertThat(made.exitCode()).as(made.err()).isZero();
    String token = made.out().strip();
    assertThat(token).matches("gtrace_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");

    Outcome listed = run("list", "--format", "json");
    assertThat(listed.out()).doesNotContain(token.substring(20));
    assertThat(listed.json().get(0).get("name").asString()).isEqualTo("ci");
    assertThat(listed.json().get(0).get("scopes").asString()).isEqualTo("ingest,read");
    assertThat(listed.json().get(0).get("team").asString()).isEqualTo("search");
  }

  @Test
  void aRevokedTokenIsNotListed() {
    run("create", "--name", "ci", "--scope", "ingest");
    assertThat(run("revoke", "ci").out()).startsWith("revoked: ci");
    assertThat(run("list", "--format", "csv").out().lines()).hasSize(1);
    Outcome again = run("revoke", "ci");
    assertThat(again.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(again.err()).contains("no token 'ci'");
  }

  @Test
  void whoMakesAndRevokesIsWrittenDown() throws IOException {
    String token = run("create", "--name", "ci", "--scope", "ingest").out().strip();
    run("revoke", "ci");
    String log = Files.readString(folder.resolve("ledger/server/audit.jsonl"));
    assertThat(log)
        .contains("token create ci", "token revoke ci", System.getProperty("user.name"))
        .doesNotContain(token);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(run("create", "--name", "x", "--scope", "write").err())
        .contains("'write' is none of ingest,read,study,admin");
    assertThat(run("create", "--name", "x", "--scope", "read", "--expires", "2020-01-01").err())
        .contains("--expires: that day has begun");
    assertThat(run("create", "--name", "\u001b[2J", "--scope", "read").err())
        .contains("--name", "printable")
        .doesNotContain("\u001b");
    assertThat(run("list").exitCode()).isEqualTo(ExitCode.LEDGER);
  }
}
