package io.gtrace.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.gtrace.server.access.Admission;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Problem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcAccessTest {
  private static final OidcAccess.Pace QUICK =
      new OidcAccess.Pace(Duration.ofSeconds(5), Duration.ofMillis(1));

  private final LocalIssuer issuer = new LocalIssuer();
  private final OidcAccess access =
      new OidcAccess(issuer.options(), "default", InstantSource.system(), QUICK);

  @AfterEach
  void stop() {
    access.close();
    issuer.close();
  }

  private static Optional<Caller> caller(OidcAccess access, String token) {
    return access.admit(token).flatMap(Admission::caller);
  }

  private boolean opens(String token) {
    return access.admit(token).isPresent();
  }

  private static Date inSeconds(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  @Test
  void aSignedTokenSaysWhoCalls() {
    assertThat(caller(access, issuer.sign(issuer.claims().build())))
        .hasValueSatisfying(caller -> {
          assertThat(caller.name()).isEqualTo("oidc:ada");
          assertThat(caller.organisation()).isEqualTo("default");
          assertThat(caller.team()).isEmpty();
          assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.INGEST, Scope.READ);
        });
  }

  @Test
  void claimsAreReadAsOptionsSay() {
    OidcOptions options =
        new OidcOptions(
            URI.create(issuer.url()), "gtrace", Optional.of("org"), Optional.of("team"), "roles");
    try (OidcAccess mapped = new OidcAccess(options, "default", InstantSource.system(), QUICK)) {
      JWTClaimsSet.Builder claims =
          issuer.claims().claim("org", "acme").claim("roles", List.of("gtrace:admin", "other"));
      assertThat(caller(mapped, issuer.sign(claims.claim("team", "ads").build())))
          .hasValueSatisfying(caller -> {
            assertThat(caller.organisation()).isEqualTo("acme");
            assertThat(caller.team()).hasValue("ads");
            assertThat(caller.scopes()).containsExactly(Scope.ADMIN);
          });
      assertThat(caller(mapped, issuer.sign(claims.claim("team", "*").build())))
          .hasValueSatisfying(caller -> assertThat(caller.team()).isEmpty());
      String noTeam = issuer.sign(claims.claim("team", null).build());
      assertThatThrownBy(() -> mapped.admit(noTeam))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("'team'");
      String manyTeams = issuer.sign(claims.claim("team", List.of("ads", "search")).build());
      assertThatThrownBy(() -> mapped.admit(manyTeams)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void claimsMustBeThereAndRight() {
    assertThat(opens(issuer.sign(issuer.claims().expirationTime(inSeconds(-120)).build())))
        .isFalse();
    assertThat(opens(issuer.sign(issuer.claims().expirationTime(null).build()))).isFalse();
    assertThat(opens(issuer.sign(issuer.claims().notBeforeTime(inSeconds(120)).build()))).isFalse();
    assertThat(opens(issuer.sign(issuer.claims().audience("other").build()))).isFalse();
    assertThat(opens(issuer.sign(issuer.claims().audience((String) null).build()))).isFalse();
    assertThat(opens(issuer.sign(issuer.claims().issuer("http://127.0.0.1:1").build()))).isFalse();
    assertThat(opens(issuer.sign(issuer.claims().subject(null).build()))).isFalse();
    assertThat(opens(issuer.sign(issuer.claims().audience(List.of("other", "gtrace")).build())))
        .isTrue();
  }

  @Test
  void aTokenThatExpiresMeanwhileEndsTheAdmission() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    try (OidcAccess clocked = new OidcAccess(issuer.options(), "default", now::get, QUICK)) {
      Admission admission = clocked.admit(issuer.sign(issuer.claims().build())).orElseThrow();
      assertThat(admission.caller()).isPresent();
      now.set(Instant.now().plusSeconds(301));
      assertThat(admission.caller()).isEmpty();
    }
  }

  @Test
  void anotherKeyUnderTheSameNameOpensNothing() throws Exception {
    RSAKey forged = new RSAKeyGenerator(2048).keyID("first").generate();
    assertThat(opens(LocalIssuer.sign(issuer.claims().build(), forged))).isFalse();
  }

  @Test
  void aTokenWithoutSignatureOpensNothing() {
    assertThat(opens(new PlainJWT(issuer.claims().build()).serialize())).isFalse();
    String signed = issuer.sign(issuer.claims().build());
    assertThat(opens(signed.substring(0, signed.lastIndexOf('.') + 1))).isFalse();
  }

  @Test
  void thePublicKeyAsSharedSecretOpensNothing() throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
            issuer.claims().build());
    token.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
    assertThat(opens(token.serialize())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "gtrace_000000000000_x", "e30.e30.e30"})
  void whatIsNoTokenOpensNothing(String text) {
    assertThat(opens(text)).isFalse();
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() {
    assertThat(opens(issuer.sign(issuer.claims().build()))).isTrue();
    issuer.newKey("second");
    assertThat(opens(issuer.sign(issuer.claims().build()))).isTrue();
  }

  @Test
  void keysAreFetchedOnceForManyTokens() {
    for (int i = 0; i < 50; i++) {
      assertThat(opens(issuer.sign(issuer.claims().build()))).isTrue();
    }
    assertThat(issuer.keysFetched()).isEqualTo(1);
  }

  @Test
  void namesOfKeysThatAreMadeUpDoNotMakeTheServerAskAgainAndAgain() throws Exception {
    try (OidcAccess patient =
        new OidcAccess(
            issuer.options(), "default", InstantSource.system(), OidcAccess.Pace.STANDARD)) {
      assertThat(patient.admit(issuer.sign(issuer.claims().build()))).isPresent();
      RSAKey forged = new RSAKeyGenerator(2048).keyID("made up").generate();
      String token = LocalIssuer.sign(issuer.claims().build(), forged);
      for (int i = 0; i < 20; i++) {
        try {
          assertThat(patient.admit(token)).isEmpty();
        } catch (Problem later) {
          assertThat(later.status().code()).isEqualTo(503);
        }
      }
      assertThat(issuer.keysFetched()).isLessThanOrEqualTo(3);
      assertThat(patient.admit(issuer.sign(issuer.claims().build()))).isPresent();
    }
  }

  @Test
  void whileTheIssuerIsAwayKeysThatAreKnownCount() {
    String token = issuer.sign(issuer.claims().build());
    assertThat(opens(token)).isTrue();
    issuer.close();
    assertThat(opens(token)).isTrue();
  }

  @Test
  void withoutTheIssuersKeysNothingCanBeTold() {
    String token = issuer.sign(issuer.claims().build());
    issuer.close();
    assertUnavailable(token);
  }

  private void assertUnavailable(String token) {
    assertThatThrownBy(() -> access.admit(token))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status().code()).isEqualTo(503));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"issuer\": \"https://another.example\"}",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"file:///etc/passwd\"}",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"http://169.254.169.254/latest/meta-data\"}",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"ISSUER/moved/keys\"}",
        "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"ISSUER/nowhere\"}"
      })
  void theIssuersDocumentsAreNotFollowedAnywhere(String discovery) {
    issuer.publish(LocalIssuer.DISCOVERY, discovery.replace("ISSUER", issuer.url()));
    assertUnavailable(issuer.sign(issuer.claims().build()));
    assertThat(issuer.keysFetched()).isZero();
  }

  @Test
  void aDocumentWithoutEndIsNotRead() {
    issuer.publish(LocalIssuer.KEYS, " ".repeat(2 << 20));
    assertUnavailable(issuer.sign(issuer.claims().build()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example",
        "http://10.0.0.1",
        "http://localhost.example",
        "http://127.0.0.1@issuer.example",
        "https://user:secret@issuer.example",
        "https://issuer.example/?a=b",
        "https://issuer.example/#a",
        "file:///etc/passwd",
        "issuer.example"
      })
  void anIssuerMustBeTrustworthy(String url) {
    assertThatThrownBy(() ->
            new OidcOptions(URI.create(url), "gtrace", Optional.empty(), Optional.empty(), "scope"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--oidc-issuer");
  }
}
