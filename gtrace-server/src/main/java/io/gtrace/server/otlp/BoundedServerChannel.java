package io.gtrace.server.otlp;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens, and has so many connections at one moment. It closes further ones at once, which tells a
 * client of gRPC to try again later.
 */
final class BoundedServerChannel extends NioServerSocketChannel {
  private final int most;
  private final AtomicInteger open = new AtomicInteger();

  BoundedServerChannel(int most) {
    this.most = most;
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    int count = super.doReadMessages(accepted);
    if (count > 0 && accepted.getLast() instanceof Channel connection) {
      if (open.incrementAndGet() > most) {
        open.decrementAndGet();
        accepted.removeLast();
        connection.unsafe().closeForcibly();
        return 0;
      }
      ChannelFuture _ = connection.closeFuture().addListener(ended -> open.decrementAndGet());
    }
    return count;
  }
}
