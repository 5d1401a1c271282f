package io.gtrace.server.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public keys of an issuer, found by its discovery document each time they are fetched. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final URI issuer;
  private final IssuerDocuments documents;

  IssuerKeys(URI issuer, IssuerDocuments documents) {
    this.issuer = issuer;
    this.documents = documents;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws JWKSetRetrievalException {
    try {
      return JWKSet.parse(documents.fetch(keys()));
    } catch (IOException | ParseException | JacksonException | IllegalArgumentException failed) {
      throw new JWKSetRetrievalException(
          "the keys of " + issuer + " cannot be had: " + failed.getMessage(), failed);
    }
  }

  private URI keys() throws IOException {
    String base = issuer.toString();
    JsonNode discovered =
        JSON.readTree(
            documents.fetch(
                URI.create(
                    (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                        + DISCOVERY)));
    if (!discovered.path("issuer").asString("").equals(base)) {
      throw new IOException("its discovery document is that of another issuer");
    }
    return URI.create(discovered.path("jwks_uri").asString(""));
  }

  @Override
  public void close() {
    documents.close();
  }
}
