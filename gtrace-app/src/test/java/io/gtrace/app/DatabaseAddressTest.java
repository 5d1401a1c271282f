package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void everyPartIsRead() {
    DatabaseAddress address =
        DatabaseAddress.parse(
            "postgresql://us%40er:p+w%2F%3A@db.example:6543/lite%20llm?sslmode=require", NOTHING);
    assertThat(address.forDriver())
        .isEqualTo("jdbc:postgresql://db.example:6543/lite+llm?sslmode=require");
    assertThat(address.credentials())
        .containsEntry("user", "us@er")
        .containsEntry("password", "p+w/:");
    assertThat(address).hasToString("postgres://db.example:6543/lite llm");
  }

  @Test
  void whatIsLeftOutIsAsForPsql() {
    Map<String, String> environment = Map.of("PGUSER", "ann", "PGPASSWORD", "secret");
    DatabaseAddress address = DatabaseAddress.parse("postgres://localhost", environment);
    assertThat(address.port()).isEqualTo(5432);
    assertThat(address.database()).isEqualTo("ann");
    assertThat(address.credentials()).containsEntry("password", "secret");
    assertThat(DatabaseAddress.parse("postgres://bob:own@localhost/db", environment).credentials())
        .containsEntry("user", "bob")
        .containsEntry("password", "own");
    assertThat(DatabaseAddress.parse("postgres://localhost/db", NOTHING).password()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://",
        "postgres:///db",
        "postgres://u:hush@/db",
        "postgres://u:hu sh@localhost/db",
        "postgres://u:hush%z@localhost/db",
        "postgres://u:hush@local host/db",
        "postgres://u:hush@localhost:port/db",
        "postgres://u:hush@localhost/db#x"
      })
  void aMalformedOneIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> DatabaseAddress.parse(text, NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgres://USER@HOST:PORT/DATABASE")
        .hasMessageNotContaining("hush")
        .hasMessageNotContaining("hu sh");
  }

  @Test
  void pathsAreNone() {
    assertThat(DatabaseAddress.isMeantBy("logs/postgres.jsonl")).isFalse();
    assertThat(DatabaseAddress.isMeantBy("postgres:/x")).isFalse();
    assertThat(DatabaseAddress.isMeantBy("POSTGRES://x")).isTrue();
  }
}
