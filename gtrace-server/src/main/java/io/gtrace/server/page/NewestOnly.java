package io.gtrace.server.page;

import io.gtrace.ledger.store.Head;
import io.gtrace.server.organisation.Organisation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Keeps what took long to be made of a ledger, as long as the ledger stays as it is. Safe for use
 * by many threads; who asks for the same waits for one that makes it.
 */
final class NewestOnly<T> {
  private final ConcurrentMap<String, Kept<T>> byOrganisation = new ConcurrentHashMap<>();

  private record Kept<T>(Head head, T made) {}

  T of(Organisation organisation, Supplier<T> making) {
    Head head = organisation.ledger().head();
    return byOrganisation
        .compute(
            organisation.name(),
            (name, kept) ->
                kept != null && kept.head().equals(head) ? kept : new Kept<>(head, making.get()))
        .made();
  }
}
