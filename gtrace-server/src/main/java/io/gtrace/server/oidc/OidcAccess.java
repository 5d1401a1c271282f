package io.gtrace.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.gtrace.server.access.Access;
import io.gtrace.server.access.Admission;
import io.gtrace.server.access.Caller;
import io.gtrace.server.access.Scope;
import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets in who shows a signed token of the issuer. Keys are fetched when they are first needed and
 * when a token names one that is not known, but not more often than every so often; while the
 * issuer is away, those that were fetched last count on for some hours.
 */
public final class OidcAccess implements Access, AutoCloseable {
  private static final String SCOPE_PREFIX = "gtrace:";
  private static final int LONGEST_NAME = 200;
  private static final Duration KEYS_COUNT_FOR = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofHours(4);

  /** Signatures with public keys only: with a shared secret, whoever can check could sign. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final System.Logger LOG = System.getLogger(OidcAccess.class.getName());

  private final OidcOptions options;
  private final String onlyOrganisation;
  private final InstantSource clock;
  private final Duration between;
  private final IssuerDocuments documents;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /**
   * How long things of the issuer take.
   *
   * @param patience until a document is there; more than 0
   * @param between two attempts to fetch keys; more than 0
   */
  public record Pace(Duration patience, Duration between) {
    public static final Pace STANDARD = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /**
   * Begins nothing: whether the issuer can be reached is found out with the first token.
   *
   * @param onlyOrganisation whose all callers are if no claim says so
   * @param clock tells whether tokens are valid
   */
  public OidcAccess(OidcOptions options, String onlyOrganisation, InstantSource clock, Pace pace) {
    this.options = options;
    this.onlyOrganisation = onlyOrganisation;
    this.clock = clock;
    between = pace.between();
    documents = new IssuerDocuments(options.issuer(), pace.patience());
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(new IssuerKeys(options.issuer(), documents))
            .cache(KEYS_COUNT_FOR.toMillis(), pace.patience().multipliedBy(2).toMillis())
            .refreshAheadCache(false)
            .rateLimited(pace.between().toMillis())
            .outageTolerant(OUTAGE.toMillis())
            .build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(new Claims(options, clock));
  }

  /** Whose a token is, for whom, and when: those claims must be there and right. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource clock;

    Claims(OidcOptions options, InstantSource clock) {
      super(
          options.audience(),
          new JWTClaimsSet.Builder().issuer(options.issuer().toString()).build(),
          Set.of("sub", "exp"));
      this.clock = clock;
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  @Override
  public Optional<Admission> admit(String bearer) {
    try {
      JWTClaimsSet claims = processor.process(SignedJWT.parse(bearer), null);
      Caller caller = caller(claims);
      Instant end = claims.getExpirationTime().toInstant();
      return Optional.of(
          () -> clock.instant().isBefore(end) ? Optional.of(caller) : Optional.empty());
    } catch (KeySourceException noKeys) {
      LOG.log(System.Logger.Level.WARNING, noKeys::getMessage);
      throw Problem.passing(
          Status.SERVICE_UNAVAILABLE_503,
          "whether this token is right cannot be told now: its issuer does not answer",
          between);
    } catch (ParseException | BadJOSEException | JOSEException refused) {
      return Optional.empty();
    }
  }

  /** What claims say; a token that is right but not for this is told so. */
  private Caller caller(JWTClaimsSet claims) throws ParseException {
    String name = "oidc:" + claims.getSubject();
    return new Caller(
        name.substring(0, Math.min(LONGEST_NAME, name.length())),
        options.organisationClaim().map(claim -> named(claims, claim)).orElse(onlyOrganisation),
        options
            .teamClaim()
            .map(claim -> named(claims, claim))
            .filter(team -> !team.equals(OidcOptions.ALL_TEAMS)),
        scopes(claims));
  }

  private static String named(JWTClaimsSet claims, String claim) {
    if (claims.getClaim(claim) instanceof String name && !name.isBlank()) {
      return name;
    }
    throw Problem.of(Status.FORBIDDEN_403, "the token lacks the claim '" + claim + "'");
  }

  private Set<Scope> scopes(JWTClaimsSet claims) {
    Stream<String> named =
        switch (claims.getClaim(options.scopeClaim())) {
          case String text -> Stream.of(text.split(" "));
          case Collection<?> list -> list.stream().map(String::valueOf);
          case null, default -> Stream.empty();
        };
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    named
        .filter(each -> each.startsWith(SCOPE_PREFIX))
        .flatMap(each -> Scope.named(each.substring(SCOPE_PREFIX.length())).stream())
        .forEach(scopes::add);
    return scopes;
  }

  @Override
  public void close() {
    documents.close();
  }
}
