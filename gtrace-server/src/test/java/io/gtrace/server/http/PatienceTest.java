package io.gtrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PatienceTest {
  @Test
  @Timeout(60)
  void whoeverSendsHeadersByTheDropIsHungUpOn() throws Exception {
    try (Patience patience = new Patience(Duration.ofMillis(200))) {
      WebServer server =
          WebServer.builder()
              .address(InetAddress.getLoopbackAddress())
              .port(0)
              .addProtocol(Http1Config.builder().addReceiveListener(patience).build())
              .routing(routing -> routing.get("/", (request, response) -> response.send("here")))
              .build()
              .start();
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port());
          Socket quick = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        slow.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: localhost\r\n"));
        dropUntilHungUp(slow);
        quick.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertThat(quick.getInputStream().readNBytes(12)).isEqualTo(bytes("HTTP/1.1 200"));
      } finally {
        server.stop();
      }
    }
  }

  /** Sends on, a little at a time, until the other side has hung up. */
  private static void dropUntilHungUp(Socket slow) throws IOException {
    slow.setSoTimeout(50);
    OutputStream out = slow.getOutputStream();
    boolean open = true;
    while (open) {
      try {
        out.write(bytes("X: a\r\n"));
        open = slow.getInputStream().read() >= 0;
      } catch (SocketTimeoutException stillThere) {
        open = true;
      } catch (IOException gone) {
        open = false;
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
