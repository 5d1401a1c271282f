package io.gtrace.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer at this machine, with keys that can be changed. */
public final class LocalIssuer implements AutoCloseable {
  static final String KEYS = "/keys";
  static final String DISCOVERY = "/.well-known/openid-configuration";

  private final HttpServer http;
  private final AtomicInteger keysFetched = new AtomicInteger();
  private final Map<String, String> documents = new ConcurrentHashMap<>();
  private final List<RSAKey> keys = new ArrayList<>();

  public LocalIssuer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    http.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (path.equals(KEYS)) {
            keysFetched.incrementAndGet();
          }
          if (path.startsWith("/moved")) {
            exchange
                .getResponseHeaders()
                .set("Location", url() + path.substring("/moved".length()));
            exchange.sendResponseHeaders(302, -1);
          } else {
            byte[] body = documents.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    http.start();
    publish(DISCOVERY, discovery(url(), url() + KEYS));
    newKey("first");
  }

  static String discovery(String issuer, String keys) {
    return "{\"issuer\": \"" + issuer + "\", \"jwks_uri\": \"" + keys + "\"}";
  }

  void publish(String path, String document) {
    documents.put(path, document);
  }

  /** Signs with a new key from now on; only this one is published. */
  void newKey(String id) {
    try {
      keys.add(new RSAKeyGenerator(2048).keyID(id).generate());
    } catch (JOSEException noRsa) {
      throw new IllegalStateException(noRsa);
    }
    publish(KEYS, new JWKSet(key().toPublicJWK()).toString());
  }

  RSAKey key() {
    return keys.getLast();
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  int keysFetched() {
    return keysFetched.get();
  }

  /** What a token says that is right in all. */
  public JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .audience("gtrace")
        .subject("ada")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("scope", "openid gtrace:ingest gtrace:read");
  }

  public String sign(JWTClaimsSet claims) {
    return sign(claims, key());
  }

  static String sign(JWTClaimsSet claims, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID(key.getKeyID())
                  .type(JOSEObjectType.JWT)
                  .build(),
              claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public OidcOptions options() {
    return new OidcOptions(
        URI.create(url()), "gtrace", Optional.empty(), Optional.empty(), OidcOptions.SCOPE_CLAIM);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
