package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeAccessTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --host 0.0.0.0                                           | gtrace token create
          --oidc-issuer http://issuer.example --oidc-audience a    | https
          --oidc-issuer https://issuer.example                     | --oidc-audience
          --oidc-audience a                                        | --oidc-issuer
          --organisation default=LEDGER2                           | another name
          --tls-cert missing.pem                                   | --tls-key
          --tls-cert missing.pem --tls-key missing.pem             | missing.pem
          --rate-limit 0                                           | --rate-limit
          --oidc-issuer https://issuer.example --oidc-audience a --organisation b=LEDGER2 | --oidc-organisation-claim
          """)
  void whatWouldNotBeSafeDoesNotStart(String options, String told) {
    Outcome outcome =
        Outcome.ofLine(
            "serve --port 0 --otlp-http-port 0 --otlp-grpc-port 0 --ledger "
                + folder.resolve("ledger")
                + " "
                + options.replace("LEDGER2", folder.resolve("other").toString()));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(outcome.err()).contains(told);
  }
}
