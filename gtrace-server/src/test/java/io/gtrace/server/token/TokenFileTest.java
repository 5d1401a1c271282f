package io.gtrace.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.ledger.store.LedgerException;
import io.gtrace.server.access.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path ledger;

  private static ApiToken.Grant grant(String name) {
    return new ApiToken.Grant(
        name, "default", Optional.of("search"), Set.of(Scope.INGEST), Optional.of(NOW));
  }

  private TokenFile.Issued create(String name) {
    return TokenFile.of(ledger).create(grant(name), new SecureRandom(), NOW);
  }

  @Test
  void theFileHoldsWhatTheTokenIsForAndNotTheToken() throws IOException {
    TokenFile.Issued issued = create("ci");
    assertThat(TokenFile.of(ledger).tokens()).containsExactly(issued.token());
    String stored = Files.readString(TokenFile.of(ledger).path());
    String secret =
        issued.secret().substring(issued.secret().lastIndexOf(issued.token().id()) + 13);
    assertThat(secret).hasSize(43);
    assertThat(stored).contains("\"ci\"").doesNotContain(secret);
  }

  @Test
  void onlyItsOwnerMayReadTheFile() throws IOException {
    create("ci");
    create("other");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(TokenFile.of(ledger).path())))
        .isEqualTo("rw-------");
  }

  @Test
  void ofManyWhoMakeTokensAtOnceNoneIsLost() throws Exception {
    List<Future<?>> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        String name = "token " + i;
        made.add(threads.submit(() -> create(name)));
      }
      for (Future<?> each : made) {
        each.get();
      }
    }
    assertThat(TokenFile.of(ledger).tokens()).hasSize(16);
    try (var left = Files.list(TokenFile.of(ledger).path().resolveSibling(""))) {
      assertThat(left).containsExactly(TokenFile.of(ledger).path());
    }
  }

  @Test
  void aNameIsTakenOnce() {
    create("ci");
    assertThatThrownBy(() -> create("ci"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'ci'");
    assertThat(TokenFile.of(ledger).tokens()).hasSize(1);
    create("next");
  }

  @Test
  void aRevokedTokenIsGone() {
    String id = create("ci").token().id();
    create("other");
    TokenFile.of(ledger).revoke(id);
    assertThat(TokenFile.of(ledger).tokens())
        .extracting(each -> each.grant().name())
        .containsExactly("other");
    assertThatThrownBy(() -> TokenFile.of(ledger).revoke(id))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDamagedFileIsToldAndNotReplaced() throws IOException {
    create("ci");
    Path file = TokenFile.of(ledger).path();
    for (String damaged :
        List.of("{", "{\"layout\": 1}", "[]", "", "{\"layout\":1,\"tokens\":[{}]}")) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> create("next"))
          .as(damaged)
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining(file.toString());
      assertThat(Files.readString(file)).isEqualTo(damaged);
    }
  }
}
