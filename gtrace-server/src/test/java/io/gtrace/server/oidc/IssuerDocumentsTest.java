package io.gtrace.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IssuerDocumentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void keysOfAnIssuerThatEncryptsMustBeEncryptedToo() throws IOException {
    try (LocalIssuer issuer = new LocalIssuer()) {
      URI keys = URI.create(issuer.url() + LocalIssuer.KEYS);
      try (IssuerDocuments local = new IssuerDocuments(URI.create(issuer.url()), PATIENCE);
          IssuerDocuments encrypted =
              new IssuerDocuments(URI.create("https://issuer.example"), PATIENCE)) {
        assertThat(local.fetch(keys)).contains("keys");
        assertThatThrownBy(() -> encrypted.fetch(keys))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("is not https");
      }
    }
  }
}
