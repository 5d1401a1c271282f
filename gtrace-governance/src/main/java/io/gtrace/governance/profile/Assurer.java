package io.gtrace.governance.profile;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A third party who checks evidence.
 *
 * @param name as the profile gives it
 * @param key with which its signatures are checked (Ed25519, RFC 8032)
 */
public record Assurer(String name, PublicKey key) {
  private static final String ALGORITHM = "Ed25519";

  /**
   * @param key what stands between the first and last line that {@code openssl pkey -pubout} prints
   * @throws IllegalArgumentException if it is no such key
   */
  static Assurer of(String name, String key) {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(key.getBytes(StandardCharsets.US_ASCII));
      return new Assurer(
          name, KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException noKey) {
      throw new IllegalArgumentException(
          "is no public key of Ed25519, as openssl pkey -pubout prints it between its first and"
              + " last line",
          noKey);
    }
  }

  /**
   * Whether it has signed something.
   *
   * @param signature in Base64; anything else signs nothing
   */
  public boolean hasSigned(byte[] content, String signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(content);
      return check.verify(Base64.getMimeDecoder().decode(signature));
    } catch (SignatureException | IllegalArgumentException noSignature) {
      return false;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java 17 checks " + ALGORITHM, missing);
    }
  }

  /** Digest of the key, by which it can be compared: sha256 of its encoded form. */
  public String fingerprint() {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
