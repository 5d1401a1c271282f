package io.gtrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import org.junit.jupiter.api.Test;

class SocketsTest {
  @Test
  void noPartOfAnAnswerWaitsForTheAcknowledgementOfAnother() {
    WebServerConfig.Builder socket = WebServer.builder();
    Sockets.STANDARD.bound(socket);
    assertThat(socket.buildPrototype().connectionOptions().tcpNoDelay()).isTrue();
  }
}
