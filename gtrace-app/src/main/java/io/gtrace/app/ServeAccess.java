package io.gtrace.app;

import io.gtrace.server.AccessOptions;
import io.gtrace.server.http.TlsFiles;
import io.gtrace.server.oidc.OidcOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Option;

/** Who may call a server. */
final class ServeAccess {
  @Option(
      names = "--public",
      description = "Show the figures of --ledger to everybody; all else takes a token.")
  private boolean isPublic;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name besides localhost by which programs of this machine call the server while there"
              + " are no tokens; repeatable.")
  private List<String> hosts = List.of();

  @Option(
      names = "--oidc-issuer",
      paramLabel = "URL",
      description = "Take signed tokens of this OpenID Connect issuer too.")
  private Optional<URI> issuer = Optional.empty();

  @Option(
      names = "--oidc-audience",
      paramLabel = "AUDIENCE",
      description = "For whom its tokens must be made out.")
  private Optional<String> audience = Optional.empty();

  @Option(
      names = "--oidc-organisation-claim",
      paramLabel = "CLAIM",
      description = "The claim that names the organisation (default: all are of that of --ledger).")
  private Optional<String> organisationClaim = Optional.empty();

  @Option(
      names = "--oidc-team-claim",
      paramLabel = "CLAIM",
      description =
          "The claim that names the only team that somebody sees, or * for all (default: all see"
              + " all teams).")
  private Optional<String> teamClaim = Optional.empty();

  @Option(
      names = "--oidc-scope-claim",
      paramLabel = "CLAIM",
      defaultValue = OidcOptions.SCOPE_CLAIM,
      description = "The claim with scopes, as gtrace:read (default: scope).")
  private String scopeClaim = "";

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Encrypt all connections with this certificate (PEM).")
  private Optional<Path> certificate = Optional.empty();

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM).")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--rate-limit",
      paramLabel = "REQUESTS/S",
      description = "How many requests a second one token may send (default: 50000).")
  private Optional<Double> rate = Optional.empty();

  AccessOptions options() {
    return new AccessOptions(
        isPublic,
        oidc(),
        Set.copyOf(hosts),
        tls(),
        rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
  }

  boolean isEncrypted() {
    return certificate.isPresent();
  }

  private Optional<TlsFiles> tls() {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("give both --tls-cert and --tls-key");
    }
    return certificate.map(file -> new TlsFiles(file, key.orElseThrow()));
  }

  private Optional<OidcOptions> oidc() {
    if (issuer.isEmpty() && audience.isPresent()) {
      throw new IllegalArgumentException("--oidc-audience needs --oidc-issuer");
    }
    return issuer.map(
        url -> new OidcOptions(url, audience.orElse(""), organisationClaim, teamClaim, scopeClaim));
  }
}
