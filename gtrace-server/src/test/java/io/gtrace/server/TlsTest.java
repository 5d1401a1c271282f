package io.gtrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.server.http.TlsFiles;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  /** A key and its certificate, in a store and as PEM files. */
  private record Identity(KeyStore store, Path certificate, Path key) {
    TlsFiles files() {
      return new TlsFiles(certificate, key);
    }
  }

  private Identity identity(String name, String algorithm) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "it",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-validity",
                "2",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new Identity(
        store,
        pem(name + ".crt", "CERTIFICATE", store.getCertificate("it").getEncoded()),
        pem(name + ".key", "PRIVATE KEY", store.getKey("it", PASSWORD).getEncoded()));
  }

  private Path pem(String name, String what, byte[] content) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN "
            + what
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + what
            + "-----\n");
  }

  private Server start(TlsFiles tls) {
    return Server.start(
        new ServerOptions(
            InetAddress.getLoopbackAddress(),
            0,
            0,
            0,
            Map.of(ServerOptions.ONLY_ORGANISATION, folder.resolve("ledger")),
            Duration.ofMillis(50),
            new AccessOptions(
                false, Optional.empty(), Set.of(), Optional.of(tls), OptionalDouble.empty())),
        TestServer.ratecard(),
        Clock.systemUTC(),
        "test");
  }

  @Test
  void connectionsAreEncryptedWithTheGivenCertificate() throws Exception {
    Identity own = identity("own", "EC");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("it", own.store().getCertificate("it"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (Server server = start(own.files());
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        HttpClient stranger = HttpClient.newHttpClient()) {
      HttpRequest health =
          HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/health"))
              .build();
      HttpResponse<String> answer = client.send(health, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThatThrownBy(() -> stranger.send(health, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void telemetryIsEncryptedToo() throws Exception {
    Identity own = identity("own", "EC");
    byte[] trusted = Files.readAllBytes(own.certificate());
    try (Server server = start(own.files());
        SpanExporter http =
            OtlpHttpSpanExporter.builder()
                .setEndpoint("https://localhost:" + server.otlpHttpPort() + "/v1/traces")
                .setTrustedCertificates(trusted)
                .build();
        SpanExporter grpc =
            OtlpGrpcSpanExporter.builder()
                .setEndpoint("https://localhost:" + server.otlpGrpcPort())
                .setTrustedCertificates(trusted)
                .build();
        SpanExporter plain =
            OtlpGrpcSpanExporter.builder()
                .setEndpoint("http://localhost:" + server.otlpGrpcPort())
                .setRetryPolicy(null)
                .build()) {
      assertThat(http.export(List.of()).join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
      assertThat(grpc.export(List.of()).join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
      assertThat(plain.export(List.of()).join(60, TimeUnit.SECONDS).isSuccess()).isFalse();
    }
  }

  @Test
  void whatIsWrongWithAFileIsToldByItsName() throws Exception {
    Identity own = identity("own", "RSA");
    Identity other = identity("other", "RSA");
    Identity curve = identity("curve", "EC");
    Path missing = folder.resolve("missing.pem");
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    assertWrong(new TlsFiles(missing, own.key()), "--tls-cert", missing);
    assertWrong(new TlsFiles(own.certificate(), missing), "--tls-key", missing);
    assertWrong(new TlsFiles(nonsense, own.key()), "--tls-cert", nonsense);
    assertWrong(new TlsFiles(own.certificate(), nonsense), "--tls-key", nonsense);
    assertWrong(new TlsFiles(own.key(), own.certificate()), "--tls-cert", own.key());
    assertWrong(new TlsFiles(own.certificate(), other.key()), "--tls-key", other.key());
    assertWrong(new TlsFiles(own.certificate(), curve.key()), "--tls-key", curve.key());
    assertThat(own.files().read().enabled()).isTrue();
  }

  private static void assertWrong(TlsFiles files, String option, Path file) {
    assertThatThrownBy(files::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(file.toString());
  }
}
