package io.gtrace.server.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * With what connections are encrypted.
 *
 * @param certificate PEM file with the certificate of the server, and those that vouch for it after
 *     it
 * @param key PEM file with its private key
 */
public record TlsFiles(Path certificate, Path key) {
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /**
   * Reads the files: TLS 1.2 and 1.3 with what the Java platform deems safe.
   *
   * @throws IllegalArgumentException if they cannot be read, or do not belong together; the message
   *     names the file
   */
  public Tls read() {
    List<X509Certificate> chain = chain();
    PrivateKey secret = secret();
    requireMatch(chain.get(0), secret);
    return Tls.builder()
        .privateKey(secret)
        .privateKeyCertChain(chain)
        .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
        .build();
  }

  private List<X509Certificate> chain() {
    requireReadable("--tls-cert", certificate);
    try {
      List<X509Certificate> chain =
          Keys.builder()
              .pem(pem -> pem.certChain(Resource.create(certificate)))
              .build()
              .certChain();
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (RuntimeException noPem) {
      throw new IllegalArgumentException(noCertificate(), noPem);
    }
    throw new IllegalArgumentException(noCertificate());
  }

  private String noCertificate() {
    return "--tls-cert " + certificate + ": holds no PEM certificate (-----BEGIN CERTIFICATE-----)";
  }

  private PrivateKey secret() {
    requireReadable("--tls-key", key);
    try {
      return Keys.builder()
          .pem(pem -> pem.key(Resource.create(key)))
          .build()
          .privateKey()
          .orElseThrow(() -> new IllegalArgumentException(noKey()));
    } catch (RuntimeException noPem) {
      throw new IllegalArgumentException(noKey(), noPem);
    }
  }

  private String noKey() {
    return "--tls-key "
        + key
        + ": holds no PEM key without a passphrase (-----BEGIN PRIVATE KEY-----); openssl pkcs8"
        + " -topk8 -nocrypt makes one of another";
  }

  private static void requireReadable(String option, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          option + " " + file + ": there is no file that can be read");
    }
  }

  /** What one signs, the other must confirm. */
  private void requireMatch(X509Certificate own, PrivateKey secret) {
    try {
      String algorithm = SIGNATURES.getOrDefault(secret.getAlgorithm(), secret.getAlgorithm());
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      byte[] text = {1};
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(own);
      signature.update(text);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException notEvenOfOneKind) {
      throw new IllegalArgumentException(mismatch(), notEvenOfOneKind);
    }
    throw new IllegalArgumentException(mismatch());
  }

  private String mismatch() {
    return "--tls-key " + key + ": is not the key of the certificate in " + certificate;
  }
}
